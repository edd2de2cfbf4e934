import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { createVirtualClock } from "../virtual-clock.ts";
import type { FakeX } from "./fake-x.ts";
import { openFakeX } from "./fake-x.ts";
import { seededFaults } from "./faults.ts";
import type { FakeXOptions } from "./options.ts";
import { crowd } from "./population.ts";
import type { Answered } from "./signed-call.ts";
import { signedCall } from "./signed-call.ts";

const clock = createVirtualClock();
const one = { accounts: [{ name: "peyk_one" }], people: [{ name: "Ana" }, { name: "bo" }] };
const pageShape = z.object({ meta: z.object({ next_token: z.string() }) });
let x: FakeX;

async function open(options: Partial<FakeXOptions> = {}): Promise<void> {
  x = await openFakeX({ now: () => clock.now(), ...one, ...options });
}
afterEach(() => x[Symbol.asyncDispose]());

function get(path: string, account = 0): Promise<Answered> {
  return signedCall(x.address, x.accountKeys[account]!, path, { at: clock.now() });
}

function send(name: string, text = "Hello", account = 0): Promise<Answered> {
  const path = `/2/dm_conversations/with/${x.idOf(name)}/messages`;
  return signedCall(x.address, x.accountKeys[account]!, path, { at: clock.now(), json: { text } });
}

test("answers who an account is only to its own signature, once", async () => {
  await open();
  const keys = x.accountKeys[0]!;
  const asked = { at: clock.now(), nonce: "n1" };
  expect((await signedCall(x.address, keys, "/2/users/me", asked)).body).toMatchObject({
    data: { username: "peyk_one" },
  });
  expect((await signedCall(x.address, keys, "/2/users/me", asked)).status).toBe(401);
  const late = { at: clock.now() - 3_600_000 };
  expect((await signedCall(x.address, keys, "/2/users/me", late)).status).toBe(401);
  for (const part of ["apiKey", "apiSecret", "accessToken", "accessSecret"]) {
    const wrong = { ...keys, [part]: "wrong" };
    expect((await signedCall(x.address, wrong, "/2/users/me", { at: clock.now() })).status).toBe(401);
  }
  expect((await fetch(`${x.address}/2/users/me`)).status).toBe(401);
});

test("holds a signature to the query it was made for, whatever signs stand in it", async () => {
  await open();
  const post = x.post("ana", "root");
  const odd = `/2/tweets/search/recent?query=${encodeURIComponent(`conversation_id:${post} -is:retweet`)}`;
  expect((await get(odd)).status).toBe(200);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      const answer = await get(`/2/users/by?usernames=${encodeURIComponent(text)}`);
      expect(answer.status).not.toBe(401);
    }),
    { numRuns: 30 },
  );
});

test("looks up a hundred names, and tells who is missing or suspended", async () => {
  await open({
    people: [
      { name: "Ana" },
      { name: "gone", state: "suspended" },
      { name: "old", state: { renamedTo: "new" } },
    ],
  });
  const { body } = await get("/2/users/by?usernames=ana,gone,old,new,nobody&user.fields=receives_your_dm");
  expect(body).toMatchObject({
    data: [
      { username: "Ana", id: expect.stringMatching(/^\d{19}$/), receives_your_dm: true },
      { username: "new", id: x.idOf("old") },
    ],
    errors: [
      { value: "gone", title: "Forbidden", detail: "User has been suspended: [gone]." },
      { value: "old", title: "Not Found Error" },
      { value: "nobody", title: "Not Found Error" },
    ],
  });
  expect((await get("/2/users/by?usernames=nobody")).body).not.toHaveProperty("data");
  expect((await get("/2/users/by/username/nobody")).body).toMatchObject({ errors: [{ value: "nobody" }] });
});

test.each([
  "/2/users/by?usernames=ana,bad.name",
  "/2/users/by?usernames=",
  "/2/users/by",
  `/2/users/by?usernames=${crowd("n", 101).join()}`,
  "/2/users/by?usernames=ana&user.fields=shoe_size",
  "/2/users/by?usernames=ana&expansions=author_id",
  "/2/users/by?usernames=ana&page=2",
  "/2/users/by?usernames=ana&usernames=bo",
  "/2/users/by/username/far_too_long_a_name",
  "/2/users/ana/followers",
  "/2/users/1/followers?max_results=1001",
  "/2/users/1/followers?pagination_token=short",
  "/2/users/1/followers?next_token=aaaaaaaaaaaaaaaaaaaa",
  "/2/tweets/search/recent",
  "/2/tweets/search/recent?query=conversation_id:1&max_results=9",
  "/2/tweets/search/recent?query=replies_of:1",
  "/2/tweets/abc",
  "/2/dm_events?event_types=Everything",
  "/2/dm_events?dm_event.fields=sender_id",
  "/2/dm_events?dm_event.fields=id,id",
  "/2/tweets/1?tweet.fields=text",
  "/2/tweets/1?post.fields=author_id",
  "/2/dm_conversations/with/123/dm_events",
])("refuses the whole of %s", async (path) => {
  await open();
  expect((await get(path)).status).toBe(400);
});

test("delivers a message once, and shows it to both sides", async () => {
  await open();
  const sent = await send("ana");
  expect(sent).toMatchObject({
    status: 201,
    body: { data: { dm_event_id: expect.stringMatching(/^\d{19}$/) } },
  });
  x.writeBack("ana", "peyk_one", "stop");
  expect(x.received("ANA")).toEqual([{ account: "peyk_one", text: "Hello", at: clock.now() }]);
  const fields = "dm_event.fields=created_at&expansions=sender_id&event_types=MessageCreate";
  const { body } = await get(`/2/dm_conversations/with/${x.idOf("ana")}/dm_events?${fields}`);
  expect(body).toMatchObject({
    data: [
      { text: "stop", sender_id: x.idOf("ana"), event_type: "MessageCreate" },
      { text: "Hello", sender_id: x.idOf("peyk_one"), created_at: new Date(clock.now()).toISOString() },
    ],
    includes: { users: [{ username: "Ana" }, { username: "peyk_one" }] },
    meta: { result_count: 2 },
  });
});

test("pages through messages newest first, each once", async () => {
  await open();
  for (const text of ["1", "2", "3"]) await send("ana", text);
  const first = await get("/2/dm_events?max_results=2");
  expect(first.body).toMatchObject({ data: [{ text: "3" }, { text: "2" }] });
  const token = pageShape.parse(first.body).meta.next_token;
  const last = await get(`/2/dm_events?max_results=2&pagination_token=${token}`);
  expect(last.body).toMatchObject({ data: [{ text: "1" }] });
  expect(last.body).not.toHaveProperty("meta.next_token");
  expect((await get("/2/dm_events?max_results=2&pagination_token=AAAAAAAAAAAAAAAAAAAA")).status).toBe(400);
});

test("refuses a body with anything unknown in it, and one that is no JSON object", async () => {
  await open();
  const path = `/2/dm_conversations/with/${x.idOf("ana")}/messages`;
  for (const json of [{ text: "a", to: "ana" }, {}, { text: "" }, { text: "x".repeat(10_001) }, ["a"]]) {
    const answer = await signedCall(x.address, x.accountKeys[0]!, path, { at: clock.now(), json });
    expect(answer.status).toBe(400);
  }
  expect(x.received("ana")).toEqual([]);
});

test.each([
  ["suspended", 403],
  ["protected", 403],
  ["noDms", 403],
  ["verifiedOnly", 403],
  ["missing", 400],
] as const)("delivers nothing to somebody who is %s", async (state, status) => {
  await open({ people: [{ name: "ana", state }] });
  expect((await send("ana")).status).toBe(status);
  expect(x.received("ana")).toEqual([]);
});

test("takes as many messages as the window holds, over all people, and then answers 429 until it ends", async () => {
  await open({ people: crowd("p", 20).map((name) => ({ name })) });
  const names = crowd("p", 20);
  const answers = [];
  for (const name of names) answers.push(await send(name));
  expect(answers.map(({ status }) => status)).toEqual([...Array(15).fill(201), ...Array(5).fill(429)]);
  const reset = Number(answers[19]!.headers.get("x-rate-limit-reset")) * 1000;
  expect(answers[19]!.headers.get("x-rate-limit-remaining")).toBe("0");
  expect(answers[19]!.headers.get("x-user-limit-24hour-remaining")).toBe(String(1440 - 15));
  await clock.advance(reset - clock.now() - 1);
  expect((await send("p_0020")).status).toBe(429);
  await clock.advance(1);
  expect((await send("p_0020")).status).toBe(201);
  expect([x.throttled().length, x.overruns(), x.used("peyk_one")]).toEqual([6, [], { dm: 1, dmDay: 16 }]);
});

test("shares the day of an app among its accounts", async () => {
  const accounts = [{ name: "one" }, { name: "two" }, { name: "other", app: "another" }];
  await open({ accounts, windows: { appDay: { count: 2, windowMs: 1000 } } });
  await send("ana", "a", 0);
  await send("ana", "b", 1);
  const third = await send("ana", "c", 1);
  expect([third.status, third.headers.get("x-app-limit-24hour-remaining")]).toEqual([429, "0"]);
  expect((await send("ana", "d", 2)).status).toBe(201);
});

test("cuts a connection before or after the message is written, and breaks as the script says", async () => {
  const script = [
    { kind: "cut", written: false },
    { kind: "cut", written: true },
    { kind: "answer", refusal: "edge" },
    { kind: "answer", refusal: "internal", written: true },
    { kind: "answer", refusal: "notPermitted" },
  ] as const;
  await open({ faults: ({ ofRoute }) => script[ofRoute - 1] });
  await expect(send("ana", "1")).rejects.toThrow("fetch failed");
  await expect(send("ana", "2")).rejects.toThrow("fetch failed");
  const [edge, internal, forbidden] = [
    await send("ana", "3"),
    await send("ana", "4"),
    await send("ana", "5"),
  ];
  expect([edge.status, internal.status, forbidden.status]).toEqual([502, 500, 403]);
  expect(edge.body).toMatch(/^<html>/);
  expect(forbidden.headers.get("x-rate-limit-remaining")).toBe("12");
  expect(x.received("ana").map(({ text }) => text)).toEqual(["2", "4"]);
  expect(x.calls.map(({ status, fault }) => [status, fault])).toEqual([
    [0, "cut"],
    [201, "cut"],
    [502, "answer"],
    [500, "answer"],
    [403, "answer"],
  ]);
});

function drawnFaults(seed: number): (string | undefined)[] {
  const faultOf = seededFaults(seed, { cutBefore: 0.1, unavailable: 0.2 }, ["sendMessage"]);
  const call = { host: "127.0.0.1", number: 1, ofRoute: 1, account: undefined, person: undefined };
  expect(faultOf({ ...call, route: "me" })).toBeUndefined();
  return Array.from({ length: 2000 }, () => faultOf({ ...call, route: "sendMessage" })?.kind);
}

test("draws the same faults from the same seed, about as many as asked for", () => {
  expect(drawnFaults(1)).toEqual(drawnFaults(1));
  expect(drawnFaults(1)).not.toEqual(drawnFaults(2));
  const cuts = drawnFaults(3).filter((kind) => kind === "cut").length;
  expect(cuts).toBeGreaterThan(120);
  expect(cuts).toBeLessThan(280);
});

test("troubles an account from its n-th message on, wholly where it is locked, until it is mended", async () => {
  await open({
    accounts: [
      { name: "locked", troubles: [{ atMessage: 2, refusal: "locked" }] },
      { name: "guarded", troubles: [{ atMessage: 1, refusal: "spamGuard", times: 1 }] },
      { name: "reader", permission: "readWrite" },
    ],
  });
  expect([(await send("ana")).status, (await send("ana")).status]).toEqual([201, 403]);
  expect((await get("/2/users/me")).body).toMatchObject({ errors: [{ code: 326 }] });
  x.mend("locked");
  expect((await get("/2/users/me")).status).toBe(200);
  expect((await send("bo", "a", 1)).body).toMatchObject({ errors: [{ code: 226 }] });
  expect([(await get("/2/users/me", 1)).status, (await send("bo", "a", 1)).status]).toEqual([200, 201]);
  expect((await send("bo", "a", 2)).body).toMatchObject({
    type: expect.stringContaining("oauth1-permissions"),
  });
});

test("counts credits down and answers 402 when they are gone", async () => {
  await open({ credits: 40 });
  await get("/2/users/by?usernames=ana");
  await get("/2/users/by?usernames=ana");
  expect([x.spent(), (await send("ana")).status, (await send("bo")).status]).toEqual([10, 201, 201]);
  expect((await send("bo")).status).toBe(402);
  expect((await get("/2/users/by?usernames=bo")).status).toBe(402);
  expect([x.spent(), (await get("/2/users/me")).status]).toEqual([40, 200]);
  x.addCredits(15);
  expect((await send("bo")).status).toBe(201);
});

test("refuses a text said before, where it is told to", async () => {
  await open({ refusesRepeats: true });
  expect([(await send("ana")).status, (await send("ana")).status]).toEqual([201, 403]);
});
