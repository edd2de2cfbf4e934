import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import type { FakeBluesky, FakeBlueskyOptions } from "./fake-bluesky.ts";
import { openFakeBluesky } from "./fake-bluesky.ts";

let bluesky: FakeBluesky;
const pageShape = z.object({
  followers: z.array(z.object({ did: z.string() })),
  cursor: z.string().optional(),
});

async function open(options: FakeBlueskyOptions): Promise<void> {
  bluesky = await openFakeBluesky(options);
}
afterEach(() => bluesky[Symbol.asyncDispose]());

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${bluesky.address}/xrpc/${path}`);
  return { status: response.status, body: await response.json() };
}

test("ends a list with an empty page without a cursor, after a full one that still had one", async () => {
  await open({ followers: { "star.test": 250 } });
  const sizes: number[] = [];
  const dids: string[] = [];
  let cursor: string | undefined = "";
  while (cursor !== undefined) {
    const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const { body } = await get(`app.bsky.graph.getFollowers?actor=star.test&limit=100${more}`);
    const page = pageShape.parse(body);
    sizes.push(page.followers.length);
    dids.push(...page.followers.map(({ did }) => did));
    cursor = page.cursor;
  }
  expect(sizes).toEqual([100, 100, 50, 0]);
  expect(dids).toEqual(bluesky.followersOf("star.test"));
  expect(new Set(dids).size).toBe(250);
});

test.each([
  ["app.bsky.graph.getFollowers?actor=nobody.test", 400, "InvalidRequest"],
  ["app.bsky.graph.getFollowers?actor=star.test&limit=101", 400, "InvalidRequest"],
  ["app.bsky.graph.getFollowers?actor=star.test&cursor=x", 500, "InternalServerError"],
  ["app.bsky.feed.getPostThread?uri=at://x/app.bsky.feed.post/1", 400, "NotFound"],
  ["app.bsky.feed.unknown", 404, "XRPCNotSupported"],
])("answers %s with %i", async (path, status, error) => {
  await open({ followers: { "star.test": 1 } });
  expect(await get(path)).toMatchObject({ status, body: { error } });
});

test("shows a thread as deep as asked for, with holes where posts are gone", async () => {
  const deepest = { author: "cy.test" };
  const hole = { author: "bo.test", isDeleted: true, replies: [deepest] };
  await open({ posts: [{ author: "ana.test", key: "root", likers: ["bo.test"], replies: [hole] }] });
  const uri = `at://${bluesky.didOf("ana.test")}/app.bsky.feed.post/root`;
  expect((await get(`app.bsky.feed.getPostThread?uri=${uri}`)).body).toMatchObject({
    thread: {
      post: { author: { handle: "ana.test" } },
      replies: [{ notFound: true, replies: [{ post: { author: { handle: "cy.test" } } }] }],
    },
  });
  expect((await get(`app.bsky.feed.getPostThread?uri=${uri}&depth=0`)).body).toMatchObject({
    thread: { replies: [] },
  });
  expect((await get(`app.bsky.feed.getLikes?uri=${uri}`)).body).toMatchObject({
    likes: [{ actor: { handle: "bo.test" } }],
  });
});

test("knows a person by the same DID under another handle", async () => {
  await open({ followers: { "star.test": 1 } });
  const did = bluesky.didOf("star.test");
  bluesky.rename("star.test", "sun.test");
  expect((await get("app.bsky.actor.getProfile?actor=star.test")).status).toBe(400);
  expect((await get(`app.bsky.actor.getProfile?actor=${did}`)).body).toMatchObject({
    handle: "sun.test",
    followersCount: 1,
  });
});
