import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { createVirtualClock } from "../virtual-clock.ts";
import type { FakeX } from "./fake-x.ts";
import { openFakeX } from "./fake-x.ts";
import type { FakeXOptions } from "./options.ts";
import { crowd } from "./population.ts";
import type { Answered } from "./signed-call.ts";
import { signedCall } from "./signed-call.ts";

const clock = createVirtualClock();
let x: FakeX;

const pageShape = z.object({
  data: z.array(z.object({ username: z.string().default(""), author_id: z.string().optional() })).default([]),
  meta: z.object({ next_token: z.string().optional(), result_count: z.number() }),
});

async function open(options: Partial<FakeXOptions> = {}): Promise<void> {
  x = await openFakeX({ now: () => clock.now(), accounts: [{ name: "peyk_one" }], ...options });
}
afterEach(() => x[Symbol.asyncDispose]());

function get(path: string): Promise<Answered> {
  return signedCall(x.address, x.accountKeys[0]!, path, { at: clock.now() });
}

async function followerPages(name: string): Promise<string[][]> {
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const more = token === undefined ? "" : `&pagination_token=${token}`;
    const { body } = await get(`/2/users/${x.idOf(name)}/followers?max_results=4${more}`);
    const page = pageShape.parse(body);
    pages.push(page.data.map(({ username }) => username));
    token = page.meta.next_token;
  } while (token !== undefined);
  return pages;
}

test("gives every follower page by page, and ends without a token", async () => {
  const followers = crowd("fan", 10);
  await open({ people: [{ name: "star", followers }, { name: "lonely" }] });
  const pages = await followerPages("star");
  expect(pages.map((page) => page.length)).toEqual([4, 4, 2]);
  expect(pages.flat()).toEqual(followers);
  expect(await followerPages("lonely")).toEqual([[]]);
  expect(x.pagesAsked(`/2/users/${x.idOf("star")}/followers`)).toHaveLength(3);
});

test("repeats the last row of a page where somebody follows meanwhile", async () => {
  const followers = crowd("fan", 10);
  await open({ people: [{ name: "star", followers }], followersMove: true });
  const seen = (await followerPages("star")).flat();
  expect(seen.length).toBeGreaterThan(10);
  expect([...new Set(seen)]).toEqual(followers);
});

test("forgets page tokens when told to, and takes none for another list", async () => {
  await open({
    people: [
      { name: "star", followers: crowd("fan", 3) },
      { name: "moon", followers: ["ana"] },
    ],
  });
  const { body } = await get(`/2/users/${x.idOf("star")}/followers?max_results=1`);
  const token = pageShape.parse(body).meta.next_token;
  const again = (name: string): Promise<Answered> =>
    get(`/2/users/${x.idOf(name)}/followers?max_results=1&pagination_token=${token}`);
  expect([(await again("star")).status, (await again("moon")).status]).toEqual([200, 400]);
  x.forgetPages();
  expect((await again("star")).status).toBe(400);
});

test("shows no followers of the protected, the suspended and the missing", async () => {
  await open({
    people: [
      { name: "shy", state: "protected", followers: ["ana"] },
      { name: "gone", state: "suspended" },
    ],
  });
  for (const id of [x.idOf("shy"), x.idOf("gone"), "12345"]) {
    const { status, body } = await get(`/2/users/${id}/followers`);
    expect([status, body]).toEqual([200, { errors: [expect.objectContaining({ value: id })] }]);
  }
});

test("finds the replies of a post with their authors, page by page", async () => {
  await open({ people: [{ name: "ana" }] });
  const root = x.post("star", "What now?");
  const first = x.post("ana", "this", root);
  for (let index = 0; index < 11; index += 1) x.post("bo", `that ${index}`, first);
  const fields = "post.fields=conversation_id&expansions=author_id,referenced_posts";
  const page = await get(`/2/tweets/search/recent?query=conversation_id:${root}&max_results=10&${fields}`);
  const { meta } = pageShape.parse(page.body);
  expect(meta.result_count).toBe(10);
  expect(page.body).toMatchObject({ includes: { users: [{ username: "bo", id: x.idOf("bo") }] } });
  const rest = await get(
    `/2/tweets/search/recent?query=conversation_id:${root}&max_results=10&next_token=${meta.next_token}&${fields}`,
  );
  expect(pageShape.parse(rest.body).data.map((one) => one.author_id)).toEqual(
    ["bo", "ana", "star"].map((name) => x.idOf(name)),
  );
  const direct = await get(`/2/tweets/search/recent?query=in_reply_to_tweet_id:${root}`);
  expect(direct.body).toMatchObject({ data: [{ id: first }], meta: { result_count: 1 } });
  expect((await get(`/2/tweets/${first}?post.fields=conversation_id`)).body).toMatchObject({
    data: { conversation_id: root },
  });
});

test("has forgotten posts after a week and messages after a month", async () => {
  await open();
  const root = x.post("ana", "old");
  x.writeBack("ana", "peyk_one", "stop");
  expect((await get("/2/dm_events")).body).toMatchObject({ meta: { result_count: 1 } });
  await clock.advance(8 * 24 * 3_600_000);
  const search = `/2/tweets/search/recent?query=conversation_id:${root}`;
  expect((await get(search)).body).toEqual({ meta: { result_count: 0 } });
  await clock.advance(30 * 24 * 3_600_000);
  expect((await get("/2/dm_events")).body).toEqual({ meta: { result_count: 0 } });
});
