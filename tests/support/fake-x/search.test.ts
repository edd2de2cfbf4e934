/**
 * Recent search as its documents have it: docs.x.com "Search Posts" (introduction, build a query, operators, paginate) in
 * xdevplatform/docs of August 2026, and the OpenAPI documents 2.166 and 2.168.
 */
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { createVirtualClock } from "../virtual-clock.ts";
import type { FakeX } from "./fake-x.ts";
import { openFakeX } from "./fake-x.ts";
import type { FakeXOptions } from "./options.ts";
import { signedCall } from "./signed-call.ts";

const clock = createVirtualClock();
let x: FakeX;

const pageShape = z.object({
  data: z.array(z.object({ id: z.string() })).default([]),
  meta: z.object({ result_count: z.number(), next_token: z.string().optional() }),
});

async function open(options: Partial<FakeXOptions> = {}): Promise<void> {
  x = await openFakeX({ now: () => clock.now(), accounts: [{ name: "peyk_one" }], ...options });
}
afterEach(() => x[Symbol.asyncDispose]());

function search(query: string, more = "") {
  const path = `/2/tweets/search/recent?query=${encodeURIComponent(query)}${more}`;
  return signedCall(x.address, x.accountKeys[0]!, path, { at: clock.now() });
}

async function found(query: string): Promise<readonly string[]> {
  return pageShape.parse((await search(query)).body).data.map(({ id }) => id);
}

test("gives ten a page where nothing is said, newest first, and a token as long as there is more", async () => {
  await open();
  const ids = Array.from({ length: 25 }, (_, index) => x.post("ana", `#coffee ${index}`)).toReversed();
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = pageShape.parse(
      (await search("#coffee", token === undefined ? "" : `&next_token=${token}`)).body,
    );
    seen.push(...page.data.map(({ id }) => id));
    sizes.push(page.meta.result_count);
    token = page.meta.next_token;
    x.post("bo", "#coffee, written meanwhile");
  }
  expect(sizes).toEqual([10, 10, 5]);
  expect(seen).toEqual(ids);
});

test("answers with nothing but a count where nothing is found", async () => {
  await open();
  expect((await search("#coffee")).body).toEqual({ meta: { result_count: 0 } });
});

test("matches whole hashtags and words in any case, all of them, and phrases in order", async () => {
  await open();
  const tag = x.post("ana", "My #Coffee!");
  const phrase = x.post("bo", "A flat-white coffee");
  x.post("cy", "#coffeetime, white and flat coffees");
  const repost = x.post("di", "RT @ana: My #Coffee!");
  expect(await found("#coffee")).toEqual([repost, tag]);
  expect(await found("#coffee -is:retweet")).toEqual([tag]);
  expect(await found('"flat white" COFFEE')).toEqual([phrase]);
});

test.each([
  ["nothing that can stand alone", "-is:retweet"],
  ["an operator that there is none of", "likes:5"],
  ["a word that is an operator's name", "coffee or tea"],
  ["a sign where a word should be", "coffee !"],
  ["digits for a hashtag", "#2024"],
  ["more than 512 signs", `"${"a".repeat(511)}"`],
])("refuses %s", async (_what, query) => {
  await open();
  expect((await search(query)).status).toBe(400);
});

test.each(["&max_results=9", "&max_results=101", "&next_token=short", "&sort_order=oldest"])(
  "refuses %s",
  async (more) => {
    await open();
    expect((await search("#coffee", more)).status).toBe(400);
  },
);

test("takes the whole of long posts by the name that each document has for it, and by no other", async () => {
  const statuses: number[] = [];
  for (const document of ["2.166", "2.168"] as const) {
    await open({ document });
    for (const field of ["&tweet.fields=note_tweet", "&post.fields=note_post"])
      statuses.push((await search("#coffee", field)).status);
    await x[Symbol.asyncDispose]();
  }
  await open();
  expect(statuses).toEqual([200, 400, 400, 200]);
});
