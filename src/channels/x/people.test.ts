import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { VirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { XAnswer, XClient, XRequest } from "../../lib/x-api/x-client.ts";
import { openIdentityStore } from "../../storage/files/people/identity-store.ts";
import type { PersonBook } from "./people.ts";
import { People } from "./people.ts";

const keys = { apiKey: "a", apiSecret: "b", accessToken: "7-c", accessSecret: "d" };
const account = { name: "news", keys, caps: {} };
const never = new AbortController().signal;
const DAY = 24 * 3_600_000;

/** Everyone X knows; `null` is a suspended one. */
const world: Record<string, string | null> = { Ali: "11", sara: "12", banned: null };

function gone(value: string, suspended: boolean): object {
  return {
    value,
    title: suspended ? "Forbidden" : "Not Found Error",
    detail: suspended
      ? `User has been suspended: [${value}].`
      : `Could not find user with usernames: [${value}].`,
    type: "https://api.twitter.com/2/problems/resource-not-found",
  };
}

/** Answers as X does, in an order of its own. */
function answerFor(names: readonly string[]): unknown {
  const entries = Object.entries(world);
  const persons = names.map((name) => [name, entries.find(([one]) => one.toLowerCase() === name)] as const);
  const data = persons.flatMap(([, person]) => (person?.[1] ? [{ id: person[1], username: person[0] }] : []));
  const errors = persons.flatMap(([name, person]) => (person?.[1] ? [] : [gone(name, person !== undefined)]));
  return { ...(data.length > 0 && { data: data.toReversed() }), ...(errors.length > 0 && { errors }) };
}

let folder = "";
let clock: VirtualClock;
let book: PersonBook & AsyncDisposable;
let people: People;
let asked: string[][];
let answer: (request: XRequest) => XAnswer;

const client: XClient = {
  ask: (_keys, request) => {
    asked.push(request.query?.["usernames"]?.split(",") ?? []);
    return Promise.resolve(answer(request));
  },
};

async function open(): Promise<void> {
  book = await openIdentityStore(join(folder, "people.jsonl"));
  people = new People({ client, clock, book });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-people-"));
  clock = createVirtualClock();
  asked = [];
  answer = ({ query }) => ({
    kind: "answer",
    status: 200,
    body: answerFor(query?.["usernames"]?.split(",") ?? []),
    limits: {},
  });
  await open();
});

afterEach(async () => {
  await book[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const find = (name: string, signal = never) => people.find(name, account, signal);
const notFound = (why: string) => ({ kind: "recipient", state: "notFound", why, uncalled: true });

test("asks about everyone of one turn at once, and tells the missing, the suspended and the impossible apart", async () => {
  const found = await Promise.all(
    ["sara", "ali", "nobody", "banned", "a.b", "far_too_long_for_x"].map((one) => find(one)),
  );
  expect(found).toEqual([
    { kind: "found", id: "12" },
    { kind: "found", id: "11" },
    notFound("noSuchName"),
    notFound("xPersonSuspended"),
    notFound("xImpossibleName"),
    notFound("xImpossibleName"),
  ]);
  expect(asked).toEqual([["sara", "ali", "nobody", "banned"]]);
});

test("never asks about more than a hundred at once", async () => {
  await Promise.all(Array.from({ length: 230 }, (_, index) => find(`name_${index}`)));
  expect(asked.map(({ length }) => length)).toEqual([100, 100, 30]);
});

test("keeps ids over a restart, and asks anew when they are a week old", async () => {
  await find("ali");
  await book[Symbol.asyncDispose]();
  await open();
  await clock.advance(7 * DAY - 1);
  expect(await find("ali")).toEqual({ kind: "found", id: "11" });
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  await find("ali");
  expect(asked).toHaveLength(2);
});

test.each([
  ["about a pinned post", { ...gone("2024", false), resource_type: "tweet", parameter: "pinned_tweet_id" }],
  ["that is about to pass", { ...gone("2024", false), type: "https://x/2/problems/resource-unavailable" }],
])("calls nobody missing by an error %s", async (_, error) => {
  answer = () => ({ kind: "answer", status: 200, body: { errors: [error] }, limits: {} });
  const silence = { kind: "unanswered", why: "xSilentOnName" };
  expect(await find("2024")).toEqual(silence);
  expect(people.whyGone("2024")).toBeUndefined();
});

test("says of one who had the name that this is over", async () => {
  await find("ali");
  await clock.advance(8 * DAY);
  answer = () => ({ kind: "answer", status: 200, body: { errors: [gone("ali", false)] }, limits: {} });
  expect(await find("ali")).toEqual(notFound("nameLeft"));
  expect(await people.idOf("ali")).toBe("11");
});

test("asks for an id again after it was found to be none", async () => {
  await find("ali");
  await people.askAnew("ali");
  expect(await people.idOf("ali")).toBe("11");
  await find("ali");
  expect(asked).toHaveLength(2);
});

test("knows every name of a person", async () => {
  answer = ({ query }) => ({
    kind: "answer",
    status: 200,
    body: { data: [{ id: "11", username: query?.["usernames"] }] },
    limits: {},
  });
  await find("ali");
  await find("ali_2");
  expect(await people.namesOf("11")).toEqual(["ali", "ali_2"]);
});

test("calls nobody missing whom X did not answer for, and believes no answer it can't read", async () => {
  const bodies = [{}, { data: [{ id: "13", username: "other" }] }, { data: "?" }, undefined];
  const kinds = [];
  for (const body of bodies) {
    answer = () => ({ kind: "answer", status: 200, body, limits: {} });
    kinds.push((await find("ali")).kind);
  }
  expect(kinds).toEqual(["unanswered", "unanswered", "unavailable", "unavailable"]);
});

test("a question that failed is a fault of before the message left", async () => {
  answer = () => ({ kind: "failure", mayHaveLeft: true, why: "connectionBroke" });
  expect(await find("ali")).toEqual({ kind: "unavailable", why: "connectionBroke" });
  answer = () => ({ kind: "answer", status: 401, body: {}, limits: {} });
  expect(await find("ali")).toMatchObject({ kind: "account", trouble: "loggedOut" });
});

test("nothing leaves while the disk takes nothing", async () => {
  await book[Symbol.asyncDispose]();
  const why = "xAnswerNotKept";
  for (const time of [1, 2]) expect(await find("ali"), `${time}`).toEqual({ kind: "unavailable", why });
});

test("whoever stops waiting learns that nothing left, and the others get their answer", async () => {
  const stop = new AbortController();
  const both = [find("ali", stop.signal), find("sara")];
  stop.abort();
  expect(await Promise.all(both)).toEqual([
    { kind: "unavailable", why: "stoppedBeforeCall" },
    { kind: "found", id: "12" },
  ]);
});
