import { expect, test } from "vitest";
import type { JsonAnswer } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";
import { faultOf } from "./faults.ts";

const NOW = 1_000_000;

function answered(status: number, body?: unknown, headers = {}): JsonAnswer {
  return { kind: "answer", status, body, headers: new Headers(headers) };
}

const outOfCredits = { success: false, message: "Looks like you're out of credits :(" };
const hidden = { success: false, errorStatus: 403, message: "no" };

const rows: readonly (readonly [string, JsonAnswer, SourceFault["kind"]])[] = [
  ["a missing or wrong key", answered(401), "accessLost"],
  ["a key without the right", answered(403), "accessLost"],
  ["a refusal inside a 200", answered(200, hidden), "accessLost"],
  ["a token that EnsembleData does not know", answered(491), "accessLost"],
  ["an address that was never confirmed", answered(492), "accessLost"],
  ["no credits", answered(402, outOfCredits), "creditsGone"],
  ["an expired subscription", answered(493), "creditsGone"],
  ["units used up", answered(495), "creditsGone"],
  ["an unknown address", answered(404), "accessLost"],
  ["keywords that are refused", answered(422), "targetGone"],
  ["keywords that TikTok shows nothing for", answered(469), "targetGone"],
  ["too many questions", answered(429), "throttled"],
  ["a request that took too long there", answered(408), "unavailable"],
  ["an error on their side", answered(500), "unavailable"],
  ["the edge", answered(503), "unavailable"],
  ["an answer that is no JSON", answered(200), "unavailable"],
  ["an answer of unknown shape", answered(200, { hello: "world" }), "unavailable"],
  ["a redirection", answered(302), "unavailable"],
  ["a gateway's refusal in HTML", answered(403, undefined, { "content-type": "text/html" }), "unavailable"],
  ["a gateway's page for nothing", answered(404, undefined, { "content-type": "text/html" }), "unavailable"],
  ["a question refused without a reason", answered(400, { message: "bad" }), "unclear"],
  ["no answer", { kind: "failure", why: "noAnswerInTime" }, "unavailable"],
];

test.each(rows)("%s", (_name, answer, kind) => {
  const fault = faultOf(answer, { hasCursor: false, now: NOW });
  expect(fault.kind).toBe(kind);
  expect(fault).not.toHaveProperty("retryAt");
  expect(fault.why).not.toBe("");
});

test("a refused question with a cursor is the cursor's fault", () => {
  for (const status of [400, 422])
    expect(faultOf(answered(status), { hasCursor: true, now: NOW }).kind).toBe("badCursor");
});

test("a pause that is named is kept", () => {
  const answer = answered(429, undefined, { "retry-after": "7" });
  expect(faultOf(answer, { hasCursor: false, now: NOW })).toMatchObject({ retryAt: NOW + 7000 });
});
