import { expect, test } from "vitest";
import type { AskJson } from "../../lib/http-json.ts";
import { systemClock } from "../../lib/clock.ts";
import { openBlueskyFollowers } from "./listed-people.ts";
import { openBlueskyRepliers } from "./repliers.ts";

const never = new AbortController().signal;
const did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

/** Answers each question by its method, and notes the questions. */
function service(bodies: Readonly<Record<string, unknown>>): { ask: AskJson; asked: URL[] } {
  const asked: URL[] = [];
  return {
    asked,
    ask: ({ url }) => {
      asked.push(url);
      const body = bodies[url.pathname.replace("/xrpc/app.bsky.", "")];
      return Promise.resolve({ kind: "answer", status: 200, headers: new Headers(), body });
    },
  };
}

function person(number: number): object {
  return { did: `did:plc:${String(number).padStart(24, "a")}`, handle: `P${number}.test` };
}

test("asks for the followers of the account that a handle meant at first, in full pages", async () => {
  const { ask, asked } = service({
    "actor.getProfile": { did, followersCount: 300 },
    "graph.getFollowers": { followers: [person(1), { handle: "no did" }, null], cursor: "c1" },
  });
  const source = openBlueskyFollowers({ baseUrl: "http://127.0.0.1", ask, clock: systemClock });
  const first = await source.page({ query: "ana.test", wanted: 3 }, never);
  expect(first).toEqual({
    kind: "page",
    leads: [
      {
        id: "did:plc:aaaaaaaaaaaaaaaaaaaaaaa1",
        username: "p1.test",
        details: { profile: "https://bsky.app/profile/did:plc:aaaaaaaaaaaaaaaaaaaaaaa1" },
      },
    ],
    rows: 3,
    next: `${did} c1`,
    declaredTotal: 300,
  });
  await source.page({ query: "ana.test", cursor: `${did} c1` }, never);
  expect(asked.map(({ search }) => decodeURIComponent(search))).toEqual([
    "?actor=ana.test",
    `?actor=${did}&limit=100`,
    `?actor=${did}&limit=100&cursor=c1`,
  ]);
});

test("refuses a cursor that it never gave without asking", async () => {
  const { ask, asked } = service({});
  const parts = { baseUrl: "http://127.0.0.1", ask, clock: systemClock };
  const request = { query: `at://${did}/app.bsky.feed.post/3l`, cursor: "x" };
  for (const source of [openBlueskyFollowers(parts), openBlueskyRepliers(parts)])
    expect(await source.page(request, never)).toMatchObject({ kind: "badCursor" });
  expect(asked).toEqual([]);
});

test("goes through a crowded and deep thread page by page, each person once, without the author", async () => {
  let deepest: object = { post: { author: person(0) } };
  for (let depth = 1; depth < 5000; depth += 1)
    deepest = { post: { author: person(depth % 2400) }, replies: [deepest] };
  const author = { did, handle: "ana.test" };
  const thread = { post: { author }, replies: [{ post: { author } }, deepest] };
  const { ask } = service({ "feed.getPostThread": { thread } });
  const source = openBlueskyRepliers({ baseUrl: "http://127.0.0.1", ask, clock: systemClock });
  const query = `at://${did}/app.bsky.feed.post/3l`;
  const sizes: number[] = [];
  const ids = new Set<string>();
  for (let cursor: string | undefined = "0"; cursor !== undefined;) {
    const page = await source.page({ query, cursor }, never);
    if (page.kind !== "page") throw new Error(page.kind);
    sizes.push(page.leads.length);
    for (const { id } of page.leads) ids.add(id);
    cursor = page.next;
  }
  expect(sizes).toEqual([1000, 1000, 400]);
  expect([ids.size, ids.has(did)]).toEqual([2400, false]);
});

test("takes a post that may not be seen for one that is gone", async () => {
  const thread = { $type: "app.bsky.feed.defs#blockedPost", blocked: true };
  const { ask } = service({ "feed.getPostThread": { thread } });
  const source = openBlueskyRepliers({ baseUrl: "http://127.0.0.1", ask, clock: systemClock });
  const page = await source.page({ query: `at://${did}/app.bsky.feed.post/3l` }, never);
  expect(page).toMatchObject({ kind: "targetGone" });
});
