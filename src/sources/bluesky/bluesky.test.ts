import { expect, test } from "vitest";
import type { AskJson } from "../../lib/http/http-json.ts";
import { systemClock } from "../../lib/clock.ts";
import { openBlueskyFollowers } from "./listed-people.ts";
import { openBlueskyPosts } from "./posts.ts";
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
    unreadable: 2,
    sample: '{"handle":"no did"}',
    next: `${did} c1`,
    identity: did,
    declaredTotal: 300,
  });
  await source.page({ query: "ana.test", cursor: `${did} c1` }, never);
  expect(asked.map(({ search }) => decodeURIComponent(search))).toEqual([
    "?actor=ana.test",
    `?actor=${did}&limit=100`,
    `?actor=${did}&limit=100&cursor=c1`,
  ]);
});

const post = (uri: string): object => ({ uri, author: person(1), record: { text: "Hi" } });

test("takes no record for a post that isn't one, and links to a post by whatever key it has", async () => {
  const posts = ["at://x", `at://${did}/app.bsky.feed.like/3l`, `at://${did}/app.bsky.feed.post/`].map(post);
  const { ask } = service({
    "feed.searchPosts": { posts: [...posts, post(`at://${did}/app.bsky.feed.post/my_own-key.1`)] },
  });
  const source = openBlueskyPosts({ baseUrl: "http://127.0.0.1", ask, clock: systemClock });
  const page = await source.page({ query: "coffee" }, never);
  expect(page).toMatchObject({ kind: "page", rows: 4, unreadable: 3 });
  expect(JSON.stringify(page)).toContain("aaa1/post/my_own-key.1");
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
  let [cursor, rows, again]: [string | undefined, number, number] = [undefined, 0, 0];
  do {
    const page = await source.page(cursor === undefined ? { query } : { query, cursor }, never);
    if (page.kind !== "page") throw new Error(page.kind);
    sizes.push(page.leads.length);
    rows += page.rows;
    again += page.again ?? 0;
    for (const { id } of page.leads) ids.add(id);
    cursor = page.next;
  } while (cursor !== undefined);
  expect([rows, again]).toEqual([5001, 2600]);
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

/** A reply with a key that tells when it was written. */
function reply(number: number): object {
  const uri = `at://did:plc:x/app.bsky.feed.post/k${String(number).padStart(6, "0")}`;
  return { post: { uri, author: person(number) } };
}

test("loses nobody when replies are deleted and written between two pages", async () => {
  const author = { did, handle: "ana.test" };
  const all = Array.from({ length: 2500 }, (_, number) => reply(number));
  let replies = all;
  const ask: AskJson = () => {
    const body = { thread: { post: { author }, replies } };
    return Promise.resolve({ kind: "answer", status: 200, headers: new Headers(), body });
  };
  const source = openBlueskyRepliers({ baseUrl: "http://127.0.0.1", ask, clock: systemClock });
  const query = `at://${did}/app.bsky.feed.post/3l`;
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await source.page(cursor === undefined ? { query } : { query, cursor }, never);
    if (page.kind !== "page") throw new Error(page.kind);
    for (const { id } of page.leads) ids.add(id);
    cursor = page.next;
    replies = [reply(9000 + ids.size), ...all.slice(500, 1000), ...all.slice(1001).toReversed()];
  } while (cursor !== undefined);
  for (let number = 1001; number < 2500; number += 1)
    expect(ids).toContain(`did:plc:${String(number).padStart(24, "a")}`);
});

test.each([
  [{ followers: [person(1)], cursor: null }, 1],
  [{ followers: [person(1)], cursor: { after: 1 } }, 1],
  [{ followers: [], cursor: 1e30 }, 0],
  [{ followers: [], error: "UpstreamTimeout" }, 0],
])("never takes an unclear word on what comes next for the end, example %#", async (body, rows) => {
  const { ask } = service({ "actor.getProfile": { did }, "graph.getFollowers": body });
  const source = openBlueskyFollowers({ baseUrl: "http://127.0.0.1", ask, clock: systemClock });
  expect(await source.page({ query: "ana.test" }, never)).toMatchObject({ kind: "unclear", page: { rows } });
});
