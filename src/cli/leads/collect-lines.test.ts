import { expect, test } from "vitest";
import type { CollectionEvent } from "../../app/leads/leads.ts";
import { collectionEventText, refusalText } from "./collect-lines.ts";
import { plainWords } from "../../../tests/support/plain-words.ts";

const target = { source: "tiktok", query: "tea" };
const at = Date.UTC(2026, 0, 1, 12);

function told(event: Partial<CollectionEvent> & Pick<CollectionEvent, "kind">): string | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test gives what its kind of event has
  return collectionEventText({ list: "tea", at, ...event } as CollectionEvent, plainWords);
}

test("tells a short wait in seconds and a long one by the clock", () => {
  const fault = {
    kind: "fault",
    target,
    fault: "unavailable",
    why: "noAnswerInTime",
    attempt: 1,
    of: 4,
  } as const;
  expect(told({ ...fault, retryAt: at + 2034 })).toBe(
    "tiktok_tea: no answer in time (attempt 1 of 4). It is asked again in 2.1 s.",
  );
  expect(told({ ...fault, retryAt: at + 20 * 60_000 })).toContain("It is asked again at 2026-01-01 12:20.");
  expect(told({ kind: "waiting", wait: "rateLimit", until: at + 30_000 })).toBe(
    "The source asks for patience. It goes on in 30 s.",
  );
});

test("says which setting a source needs that is not there, and nothing of the kind for a slip", () => {
  const sources = ["bluesky-followers", "simulator"];
  expect(refusalText({ ok: false, problem: "unknownSource", source: "tiktok" }, sources, plainWords)).toBe(
    "tiktok is not set up here. It needs TIKTOK_API_KEY; .env.example says how. There is: bluesky-followers, simulator.",
  );
  expect(refusalText({ ok: false, problem: "unknownSource", source: "tiktak" }, sources, plainWords)).toBe(
    "tiktak is not set up here. There is: bluesky-followers, simulator.",
  );
});

test("shows the beginning of a target that is too long", () => {
  const refusal = { ok: false, problem: "badTarget", source: "tiktok", reason: "tooLong" } as const;
  expect(refusalText({ ...refusal, text: "☕".repeat(300) }, [], plainWords)).toBe(
    `"${"☕".repeat(60)}…" is too long.`,
  );
});
