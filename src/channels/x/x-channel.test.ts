import { expect, test } from "vitest";
import type { FaultOf } from "../../../tests/support/fake-x/faults.ts";
import type { XBench } from "../../../tests/support/x-bench.ts";
import { openXBench } from "../../../tests/support/x-bench.ts";
import type { ReadBack } from "../channel.ts";

const never = new AbortController().signal;
const MINUTE = 60_000;
const people = ["ana", "bea", "cem"].map((name) => ({ name }));

function send(bench: XBench, username: string, { account = "news", text = "Hello" } = {}) {
  return bench.run(bench.channel.send({ account, username, text, dedupKey: `test:${username}` }, never));
}

function readBack(bench: XBench, username: string, claimedAt: number, text = "Hello"): Promise<ReadBack> {
  const asked = { account: "news", username, text, dedupKey: `test:${username}`, claimedAt };
  return bench.run(bench.channel.readBack!(asked, never));
}

/** Something goes wrong with the first message, and with nothing else. */
const atFirstMessage =
  (fault: ReturnType<FaultOf>): FaultOf =>
  ({ route, ofRoute }) =>
    route === "sendMessage" && ofRoute === 1 ? fault : undefined;

test("an account whose window is used up rests until X opens the next one", async () => {
  await using bench = await openXBench({ people, windows: { dm: { count: 2, windowMs: 15 * MINUTE } } });
  const startedAt = bench.clock.now();
  expect(await send(bench, "ana")).not.toHaveProperty("restsUntil");
  expect(await send(bench, "bea")).toMatchObject({ kind: "delivered", restsUntil: startedAt + 15 * MINUTE });
  expect(bench.channel.limitsOf!("news")?.[0]).toMatchObject({ count: 2 });
  expect(await send(bench, "cem")).toMatchObject({ kind: "throttled", scope: "account" });
});

test("an app whose day is used up lets none of its accounts ask", async () => {
  const accounts = [{ name: "news" }, { name: "help" }, { name: "other", app: "another" }];
  const windows = { appDay: { count: 1, windowMs: 60 * MINUTE } };
  await using bench = await openXBench({ accounts, people, windows });
  const until = bench.clock.now() + 60 * MINUTE;
  expect(await send(bench, "ana")).toMatchObject({ kind: "delivered", restsUntil: until });
  const rests = { kind: "account", trouble: "resting", until, why: "limitUsedUp", uncalled: true };
  expect(await send(bench, "bea", { account: "help" })).toEqual(rests);
  expect(await send(bench, "bea", { account: "other" })).toMatchObject({ kind: "delivered" });
  expect(bench.x.throttled()).toEqual([]);
});

test("what is for somebody by their id reaches them, whoever has the name by now", async () => {
  await using bench = await openXBench({
    people: [{ name: "bea" }, { name: "ana", state: { renamedTo: "ann" } }],
  });
  const request = { account: "news", username: "bea", text: "Hello", dedupKey: "reply:1" };
  const asked = { ...request, personId: bench.x.idOf("ann") };
  expect(await bench.run(bench.channel.send(asked, never))).toMatchObject({ kind: "delivered" });
  expect([bench.x.received("ann").length, bench.x.received("bea").length]).toEqual([1, 0]);
});

test("names looked up beforehand are not asked about again, not even after a restart", async () => {
  await using bench = await openXBench({ people: [...people, { name: "gone", state: "suspended" }] });
  const names = ["ana", "bea", "gone", "nobody", "no.name"];
  const missing = await bench.run(bench.channel.lookUp!(names, never));
  expect([...missing].toSorted()).toEqual(["gone", "no.name", "nobody"]);
  expect(bench.known("ana")).toEqual({ personId: bench.x.idOf("ana") });
  expect(bench.known("nobody")).toEqual({});
  await bench.reopen();
  await send(bench, "ana");
  expect(bench.x.pagesAsked("/2/users/by")).toHaveLength(1);
});

test("names are asked about through another account when one is in trouble", async () => {
  const accounts = [
    { name: "news", troubles: [{ atMessage: 0, refusal: "locked" as const }] },
    { name: "help" },
  ];
  await using bench = await openXBench({ accounts, people });
  expect([...(await bench.run(bench.channel.lookUp!(["ana", "nobody"], never)))]).toEqual(["nobody"]);
});

test("a question about names that fails throws, and nobody is missing by it", async () => {
  await using bench = await openXBench({
    people,
    faults: ({ route }) => (route === "usersBy" ? { kind: "answer", refusal: "unavailable" } : undefined),
  });
  await expect(bench.run(bench.channel.lookUp!(["ana"], never))).rejects.toThrow("xUnclear");
  const fault = { kind: "unavailable", why: "xUnclear", uncalled: true };
  expect(await send(bench, "ana")).toEqual(fault);
});

test("a person who left is asked for anew the next time, not written to by an id of before", async () => {
  await using bench = await openXBench({ people });
  await bench.run(bench.channel.lookUp!(["ana"], never));
  bench.x.setState("ana", "missing");
  expect(await send(bench, "ana")).toMatchObject({ kind: "recipient", state: "notFound" });
  await send(bench, "ana");
  expect(bench.x.pagesAsked("/2/users/by")).toHaveLength(2);
});

test("nothing is called absent so early that it may still arrive", async () => {
  await using bench = await openXBench({ people, faults: atFirstMessage({ kind: "cut", written: false }) });
  const claimedAt = bench.clock.now();
  expect((await send(bench, "ana")).kind).toBe("uncertain");
  expect((await readBack(bench, "ana", claimedAt)).kind).toBe("unknown");
  await bench.clock.advance(10_000);
  expect(await readBack(bench, "ana", claimedAt)).toEqual({ kind: "absent" });
});

test("nothing was sent to somebody who was never found", async () => {
  await using bench = await openXBench({ people });
  const claimedAt = bench.clock.now();
  await bench.clock.advance(MINUTE);
  expect(await readBack(bench, "nobody", claimedAt)).toEqual({ kind: "absent" });
  bench.x.setState("ana", "suspended");
  expect(await readBack(bench, "ana", claimedAt)).toEqual({ kind: "absent" });
});

test("somebody who was found and is gone may have got it all the same", async () => {
  await using bench = await openXBench({ people, faults: atFirstMessage({ kind: "cut", written: true }) });
  const claimedAt = bench.clock.now();
  expect((await send(bench, "ana")).kind).toBe("uncertain");
  bench.x.setState("ana", { renamedTo: "ana_new" });
  await bench.clock.advance(MINUTE);
  expect((await readBack(bench, "ana", claimedAt)).kind).toBe("delivered");
});

test("a message of the same words from before the claim is not taken for the one asked about", async () => {
  await using bench = await openXBench({ people });
  await send(bench, "ana");
  await bench.clock.advance(2 * MINUTE);
  expect(await readBack(bench, "ana", bench.clock.now() - 30_000)).toEqual({ kind: "absent" });
  expect((await readBack(bench, "ana", bench.clock.now() - 2 * MINUTE)).kind).toBe("delivered");
});

test("what the person wrote themselves is not taken for ours", async () => {
  await using bench = await openXBench({ people });
  await bench.run(bench.channel.lookUp!(["ana"], never));
  const claimedAt = bench.clock.now();
  bench.x.writeBack("ana", "news", "Hello");
  await bench.clock.advance(MINUTE);
  expect(await readBack(bench, "ana", claimedAt)).toEqual({ kind: "absent" });
});

test("reads on until it has seen everything since the claim", async () => {
  await using bench = await openXBench({ people });
  const claimedAt = bench.clock.now();
  await send(bench, "ana");
  for (let count = 0; count < 25; count++) bench.x.writeBack("ana", "news", `answer ${count}`);
  await bench.clock.advance(MINUTE);
  expect((await readBack(bench, "ana", claimedAt)).kind).toBe("delivered");
  expect(bench.x.calls.filter(({ route }) => route === "conversationEvents")).toHaveLength(3);
});

test("does not know when X can't be asked, or lists nothing so old any more", async () => {
  await using bench = await openXBench({ people, windows: { events: { count: 1, windowMs: 15 * MINUTE } } });
  await bench.run(bench.channel.lookUp!(["ana"], never));
  const claimedAt = bench.clock.now() - MINUTE;
  expect((await readBack(bench, "ana", claimedAt)).kind).toBe("absent");
  expect(await readBack(bench, "ana", claimedAt)).toEqual({
    kind: "unknown",
    why: "xAskLater",
    retryAt: bench.clock.now() + 15 * MINUTE + 1000,
  });
  expect(bench.x.throttled()).toEqual([]);
  expect((await readBack(bench, "ana", bench.clock.now() - 31 * 24 * 60 * MINUTE)).kind).toBe("unknown");
});

test("leaves of what X lets it read enough for people's answers", async () => {
  await using bench = await openXBench({ people });
  await bench.run(bench.channel.lookUp!(["ana"], never));
  const claimedAt = bench.clock.now() - MINUTE;
  const looks = [];
  for (let look = 0; look < 15; look++) looks.push((await readBack(bench, "ana", claimedAt)).kind);
  expect(looks.filter((kind) => kind === "absent")).toHaveLength(12);
  const heard = [];
  for (let page = 0; page < 4; page++)
    heard.push((await bench.run(bench.channel.replies!({ account: "news", since: 0 }, never))).kind);
  expect(heard).toEqual(["replies", "replies", "replies", "notNow"]);
  expect(bench.x.throttled()).toEqual([]);
});

test("knows a text again although X has shortened its links and escaped its signs", async () => {
  await using bench = await openXBench({ people });
  await bench.run(bench.channel.lookUp!(["ana"], never));
  const claimedAt = bench.clock.now();
  await send(bench, "ana", { text: "Rock &amp; Roll: https://t.co/abc " });
  await bench.clock.advance(MINUTE);
  const found = await readBack(bench, "ana", claimedAt, "Rock & Roll: https://example.org/x?y=1");
  expect(found.kind).toBe("delivered");
});

test("finds that an app may not send direct messages before anybody was to be written to", async () => {
  await using bench = await openXBench({ accounts: [{ name: "news", permission: "readWrite" }], people });
  expect(await bench.run(bench.channel.check!("news", never))).toEqual({
    kind: "trouble",
    trouble: "loggedOut",
    why: "xAppMayNotSend",
  });
});

test.each(["forbidden", "badRequest", "creditsDepleted", "notPermitted"] as const)(
  "tells that what people wrote can't be read where X refuses it (%s)",
  async (refusal) => {
    const faults: FaultOf = ({ route }) => (route === "events" ? { kind: "answer", refusal } : undefined);
    await using bench = await openXBench({ people, faults });
    expect(await bench.run(bench.channel.check!("news", never))).toMatchObject({
      kind: "well",
      unanswered: [{ about: "messages", isRefused: true }],
    });
    const heard = await bench.run(bench.channel.replies!({ account: "news", since: 0 }, never));
    expect(heard).toMatchObject({ kind: "notNow", retryAt: Infinity });
  },
);

test("an account whose messages can't be asked about for now is well all the same", async () => {
  await using bench = await openXBench({ people, windows: { events: { count: 1, windowMs: 15 * MINUTE } } });
  const checks = [];
  for (const _ of [1, 2]) checks.push(await bench.run(bench.channel.check!("news", never)));
  expect(checks[0]).not.toHaveProperty("unanswered");
  const why = "xWait";
  expect(checks[1]).toMatchObject({
    kind: "well",
    unanswered: [{ about: "messages", why, isRefused: false }],
  });
});

test("tells how an account fares: its name and limits, or its trouble", async () => {
  const accounts = [
    { name: "news" },
    { name: "shut", troubles: [{ atMessage: 0, refusal: "unauthorized" as const }] },
  ];
  await using bench = await openXBench({ accounts, people });
  const check = (account: string) => bench.run(bench.channel.check!(account, never));
  await send(bench, "ana");
  expect(await check("news")).toMatchObject({
    kind: "well",
    username: "news",
    limits: [
      { name: "messages15Min", count: 15, left: 14 },
      { name: "messages24H", count: 1440, left: 1439 },
      { name: "appMessages24H", count: 1440, left: 1439 },
    ],
  });
  expect(await check("shut")).toMatchObject({ kind: "trouble", trouble: "loggedOut" });
  expect((await check("nobody")).kind).toBe("unknown");
});
