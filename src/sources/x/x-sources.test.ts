import { expect, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import type { XClient, XRequest } from "../../lib/x-api/x-client.ts";
import { openXFollowers } from "./followers.ts";
import type { XSourceParts } from "./questions.ts";
import { openXRepliers } from "./repliers.ts";

const never = new AbortController().signal;
const keys = { apiKey: "a", apiSecret: "b", accessToken: "c", accessSecret: "d" };

/** Answers each question by its path, and notes the questions. */
function service(bodies: Readonly<Record<string, unknown>>): { parts: XSourceParts; asked: XRequest[] } {
  const asked: XRequest[] = [];
  const client: XClient = {
    ask: (_keys, request) => {
      asked.push(request);
      return Promise.resolve({ kind: "answer", status: 200, body: bodies[request.path], limits: {} });
    },
  };
  return { parts: { client, keys, clock: systemClock }, asked };
}

const star = { id: "1700000000000000003", username: "Star", public_metrics: { followers_count: 5000 } };
const ana = { id: "1700000000000001012", name: "Ana", username: "Ana_B", receives_your_dm: true };

test("asks for few more followers than are wanted, for each is paid for", async () => {
  const { parts, asked } = service({
    "/2/users/by": { data: [star] },
    [`/2/users/${star.id}/followers`]: {
      data: [ana, { id: 1_700_000_000_000_001_000, username: "number" }, {}],
      meta: { next_token: "T".repeat(20) },
    },
  });
  const source = openXFollowers(parts);
  expect(await source.page({ query: "star", wanted: 37 }, never)).toEqual({
    kind: "page",
    leads: [{ id: ana.id, username: "ana_b", displayName: "Ana", details: { takesMessages: "yes" } }],
    rows: 3,
    unreadable: 2,
    sample: '{"id":1700000000000001000,"username":"number"}',
    next: `${star.id} ${"T".repeat(20)}`,
    identity: star.id,
    declaredTotal: 5000,
  });
  await source.page({ query: "star", wanted: 5000, cursor: `${star.id} T` }, never);
  await source.page({ query: "star", cursor: `${star.id} T` }, never);
  expect(asked.map(({ query }) => query?.["max_results"])).toEqual([undefined, "57", "1000", "1000"]);
});

test("shows no followers of a protected account and asks no further", async () => {
  const { parts, asked } = service({ "/2/users/by": { data: [{ ...star, protected: true }] } });
  expect(await openXFollowers(parts).page({ query: "star" }, never)).toMatchObject({ kind: "targetGone" });
  expect(asked).toHaveLength(1);
});

test("makes a lead of each reply but the author's, with a link to it", async () => {
  const { parts, asked } = service({
    "/2/tweets/500": { data: { id: "500", author_id: star.id, conversation_id: "500" } },
    "/2/tweets/search/recent": {
      data: [
        { id: "503", author_id: ana.id },
        { id: "502", author_id: star.id },
        { id: "501", author_id: "9" },
      ],
      includes: { users: [ana, star] },
      meta: { result_count: 3 },
    },
  });
  const page = await openXRepliers(parts).page({ query: "500", wanted: 1 }, never);
  expect(page).toMatchObject({
    rows: 3,
    leads: [{ id: ana.id, details: { reply: "https://x.com/ana_b/status/503" } }],
  });
  expect(page).not.toHaveProperty("next");
  expect(asked.at(-1)?.query).toMatchObject({ query: "conversation_id:500", max_results: "21" });
});

test("refuses a cursor that it never gave without asking", async () => {
  const { parts, asked } = service({});
  for (const source of [openXFollowers(parts), openXRepliers(parts)]) {
    expect(await source.page({ query: "500", cursor: "x" }, never)).toMatchObject({ kind: "badCursor" });
  }
  expect(asked).toEqual([]);
});

test.each([
  [{ data: [ana] }, "unclear"],
  [{ data: [ana], meta: { next_token: null } }, "unclear"],
  [{ data: [ana], meta: { next_token: "" } }, "unclear"],
  [{ data: [ana], meta: { next_token: { a: 1 } } }, "unclear"],
  [
    { data: [], meta: { result_count: 0 }, errors: [{ title: "Internal", detail: "try again" }] },
    "unavailable",
  ],
  [{ meta: { result_count: 0 }, errors: [{ title: "Internal", detail: "try again" }] }, "unavailable"],
  [{ meta: { result_count: 0 } }, "page"],
])("takes only X's own word for the end, example %#", async (body, kind) => {
  const { parts } = service({
    "/2/users/by": { data: [star] },
    [`/2/users/${star.id}/followers`]: body,
    "/2/tweets/500": { data: { id: "500", author_id: star.id, conversation_id: "500" } },
    "/2/tweets/search/recent": body,
  });
  expect((await openXFollowers(parts).page({ query: "star" }, never)).kind).toBe(kind);
  expect((await openXRepliers(parts).page({ query: "500" }, never)).kind).toBe(kind);
});
