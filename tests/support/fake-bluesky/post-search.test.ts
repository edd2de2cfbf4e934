/** `app.bsky.feed.searchPosts` by its lexicon, as `@atproto/bsky` 0.0.117 (November 2026) carries it. */
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import type { FakeBluesky, FakeBlueskyOptions } from "./fake-bluesky.ts";
import { openFakeBluesky } from "./fake-bluesky.ts";

let bluesky: FakeBluesky;
let now = Date.UTC(2026, 0, 1);
const pageShape = z.object({ posts: z.array(z.object({ uri: z.string() })), cursor: z.string().optional() });

async function open(options: FakeBlueskyOptions = {}): Promise<void> {
  bluesky = await openFakeBluesky({ now: () => (now += 1000), ...options });
}
afterEach(() => bluesky[Symbol.asyncDispose]());

async function get(query: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${bluesky.address}/xrpc/app.bsky.feed.searchPosts?${query}`);
  return { status: response.status, body: await response.json() };
}

test("gives 25 a page where nothing is said, newest first, and a cursor as long as there is more", async () => {
  await open();
  const uris = Array.from({ length: 60 }, (_, index) => bluesky.write("ana.test", `#coffee ${index}`));
  const sizes: number[] = [];
  const seen: string[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const { body } = await get(`q=%23coffee${cursor === undefined ? "" : `&cursor=${cursor}`}`);
    const page = pageShape.parse(body);
    sizes.push(page.posts.length);
    seen.push(...page.posts.map(({ uri }) => uri));
    cursor = page.cursor;
  }
  expect(sizes).toEqual([25, 25, 10]);
  expect(seen).toEqual(uris.toReversed());
});

/** The first post of the second page. */
async function second(more: string): Promise<string | undefined> {
  return pageShape.parse((await get(`q=%23coffee&limit=2&cursor=2${more}`)).body).posts[0]?.uri;
}

test("counts places from the newest post, so that what is written meanwhile shifts them but for a fixed end", async () => {
  await open();
  for (let number = 0; number < 4; number += 1) bluesky.write("ana.test", `#coffee ${number}`);
  const until = new Date(now + 1).toISOString();
  const before = [await second(""), await second(`&until=${until}`)];
  bluesky.write("bo.test", "#coffee, later");
  const after = [await second(""), await second(`&until=${until}`)];
  expect(before[0]).toBe(before[1]);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});

test("wants all tags, without their sign", async () => {
  await open();
  const both = bluesky.write("ana.test", "#coffee and #tea");
  bluesky.write("ana.test", "#coffee only");
  const { body } = await get("q=%23coffee&tag=coffee&tag=tea");
  expect(pageShape.parse(body).posts).toEqual([{ uri: both }]);
  expect((await get("q=%23coffee&tag=%23coffee")).status).toBe(400);
});

test.each(["tag=coffee", "q=a&limit=0", "q=a&limit=101", "q=a&limit=x", "q=a&until=soon", "q=a&count=5"])(
  "refuses %s",
  async (query) => {
    await open();
    expect(await get(query)).toMatchObject({ status: 400, body: { error: "InvalidRequest" } });
  },
);

test("shows posts to nobody who is not logged in, where that is asked", async () => {
  await open({ login: { identifier: "peyk.test", password: "abcd-efgh-ijkl-mnop" } });
  expect(await get("q=a")).toMatchObject({ status: 401, body: { error: "AuthMissing" } });
});
