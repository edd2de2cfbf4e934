/** Answers that are not as X documents them: no stop is lost by one, nothing is sent twice, and no reading goes on for ever. */
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { XAnswer, XClient, XRequest } from "../../lib/x-api/x-client.ts";
import { MessageWindows } from "./direct-messages.ts";
import { readConversation } from "./read-back.ts";
import { readReplies } from "./replies.ts";
import { usersIn } from "./users-answer.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

const never = new AbortController().signal;
const MINUTE = 60_000;
const keys = { apiKey: "a", apiSecret: "b", accessToken: "1-c", accessSecret: "d" };
const clock = createVirtualClock();
const OWN = "1";

/** As X makes ids: ms since 2010 above 22 bits. */
function idAt(at: number): string {
  return String((BigInt(at) - 1_288_834_974_657n) << 22n);
}

function message(at: number, more: object = {}) {
  return { id: idAt(at), text: "stop", sender_id: "2", created_at: new Date(at).toISOString(), ...more };
}

type Script = (request: XRequest) => Partial<Extract<XAnswer, { kind: "answer" }>>;

/** An X that answers by a script, and what it was asked. */
function scripted(script: Script) {
  const asked: XRequest[] = [];
  const client: XClient = {
    ask(_, request) {
      asked.push(request);
      return Promise.resolve({ kind: "answer", status: 200, body: {}, limits: {}, ...script(request) });
    },
  };
  return { client, asked };
}

function inboxOf(script: Script) {
  const { client, asked } = scripted(script);
  const inbox = {
    client,
    clock,
    keys,
    windows: new MessageWindows(),
    ownId: OWN,
    namesOf: async () => ["ana"],
  };
  const read = (cursor?: string, since = 0) =>
    readReplies(inbox, { since, ...(cursor === undefined ? {} : { cursor }) }, never);
  return { read, asked };
}

function lookFor(script: Script, claimedAt: number) {
  const { client } = scripted(script);
  const question = { client, clock, keys, windows: new MessageWindows(), ownId: OWN, personId: "2" };
  const request = { account: "news", username: "ana", text: "Hello", dedupKey: "x:1", claimedAt };
  return readConversation(question, request, never);
}

test.each(["", "soon", undefined, null, 5])("a stop whose time is %j is heard, with a time", async (time) => {
  const { read } = inboxOf(() => ({ body: { data: [message(clock.now(), { created_at: time })] } }));
  expect(await read(undefined, clock.now())).toMatchObject({
    replies: [{ username: "ana", text: "stop", at: clock.now() }],
  });
});

test("a message of ours without a time is not called absent, nor the one that was asked about", async () => {
  const ours = { ...message(clock.now()), sender_id: OWN, text: "Hello", created_at: "soon" };
  const look = await lookFor(() => ({ body: { data: [ours] } }), clock.now());
  expect(look.kind).toBe("unknown");
});

test("a message is found, and a stop heard, although the clocks differ by minutes", async () => {
  const aheadMs = 4 * MINUTE;
  const at = clock.now() - aheadMs;
  const ours = { ...message(at), sender_id: OWN, text: "Hello" };
  expect((await lookFor(() => ({ aheadMs, body: { data: [ours] } }), clock.now())).kind).toBe("delivered");
  const { read } = inboxOf(() => ({ aheadMs, body: { data: [message(at)] } }));
  expect(await read(undefined, clock.now())).toMatchObject({ replies: [{ text: "stop", at: clock.now() }] });
});

test("an id from the future takes nothing for read that comes later", async () => {
  const data = [message(clock.now(), { id: "9223372036854775807", text: "hi" })];
  const { read } = inboxOf(() => ({ body: { data } }));
  const first = await read();
  await clock.advance(60 * MINUTE);
  data.unshift(message(clock.now()));
  expect(first.kind === "replies" && (await read(first.cursor))).toMatchObject({
    replies: [{ text: "stop" }],
  });
});

test.each([
  ["an id without end", { data: [message(0, { id: "1".repeat(400) })] }],
  ["a message of nobody", { data: [message(0, { sender_id: undefined })] }],
  ["a token with blanks", { data: [], meta: { next_token: "two words" } }],
  ["no list", { data: "none" }],
])("%s: it is said that the inbox was not read", async (_, body) => {
  expect((await inboxOf(() => ({ body })).read()).kind).toBe("notNow");
});

test("senders that X shows oddly, and nothing where a list was expected, keep no message from being read", async () => {
  const users = [{ id: "7" }, null, { id: "x".repeat(90), username: "y" }, { id: "2", username: "Ana_Now" }];
  const data = [message(clock.now())];
  const answer = await inboxOf(() => ({ body: { data, includes: { users }, meta: null } })).read();
  expect(answer).toMatchObject({ isEnd: true, replies: [{ username: "ana_now" }, { username: "ana" }] });
  const empty = { data: null, includes: null, meta: { next_token: "" } };
  expect(await inboxOf(() => ({ body: empty })).read()).toMatchObject({ isEnd: true, replies: [] });
});

/** Reads to the end as the engine does; undefined when that takes more than twenty pages. */
async function readOn(read: ReturnType<typeof inboxOf>["read"], cursor?: string) {
  for (let page = 0, at = cursor; page < 20; page++) {
    const answer = await read(at);
    if (answer.kind === "notNow" || answer.isEnd) return { answer, at };
    at = answer.cursor;
  }
  return undefined;
}

test("a page that X keeps refusing is told as refused, and tried anew later", async () => {
  const { read, asked } = inboxOf(({ query }) =>
    query?.["pagination_token"] === undefined
      ? { body: { data: [message(clock.now())], meta: { next_token: "page2" } } }
      : { status: 400, body: {} },
  );
  const end = await readOn(read);
  expect(end?.answer).toMatchObject({ kind: "notNow", retryAt: Infinity, why: "xRefusedQuestion" });
  expect(asked).toHaveLength(4);
  await clock.advance(15 * MINUTE);
  await readOn(read, end?.at);
  expect(asked.slice(4).filter(({ query }) => query?.["pagination_token"] === undefined)).toHaveLength(1);
});

const itsOwnNext: Script = () => ({ body: { data: [], meta: { next_token: "same" } } });

test("a page that names itself as the next one is not read for ever", async () => {
  const { read } = inboxOf(itsOwnNext);
  expect((await readOn(read))?.answer.kind).toBe("notNow");
  expect((await lookFor(itsOwnNext, clock.now())).kind).toBe("unknown");
});

const type = "https://api.twitter.com/2/problems/resource-not-found";

test("one row about people that can't be understood spoils no other", () => {
  const data = [{ id: "5".repeat(40), username: "odd" }, null, { id: "5", username: "Ana" }, "bea"];
  const errors = [null, 7, { type, value: ["cem"] }, { type, value: "DAN" }];
  const users = usersIn({ data, errors });
  expect([...(users?.found ?? [])]).toEqual([["ana", "5"]]);
  expect([...(users?.gone.keys() ?? [])]).toEqual(["", "dan"]);
  expect(usersIn({ data: null, errors: null })?.found.size).toBe(0);
  expect(usersIn({ data: "none" })).toBeUndefined();
});

function whyGone(value: string, detail: string): Reason | undefined {
  return usersIn({ errors: [{ type, value, detail }] })?.gone.get(value);
}

test("nobody is called suspended because of a name", () => {
  const detail = "Could not find user with usernames: [suspended_ann].";
  expect(whyGone("suspended_ann", detail)).toBe("noSuchName");
  expect(whyGone("suspended_ann", "User has been suspended: [suspended_ann].")).toBe("xPersonSuspended");
});
