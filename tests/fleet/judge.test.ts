/** The judge of a fleet finds whatever a fleet can do wrong, and nothing where it did nothing wrong. */
import { expect, test } from "vitest";
import type { Evidence } from "./judge.ts";
import { faultsOf, judgeFleet } from "./judge.ts";

const good: Evidence = {
  people: [
    { name: "ana", kind: "reachable", channel: "x" },
    { name: "bea", kind: "reachable", channel: "x" },
    { name: "cas", kind: "reachable", channel: "x" },
    { name: "dan", kind: "missing", channel: "x" },
    { name: "eve", kind: "noDms", channel: "x" },
    { name: "fay", kind: "reachable", channel: "telegram" },
  ],
  arrivals: [
    { name: "ana", account: "one", campaign: "fleet", at: 1000 },
    { name: "bea", account: "two", campaign: "fleet", at: 9000 },
    { name: "fay", account: "bot", campaign: "bot-1", at: 5000 },
  ],
  calls: [
    { account: "one", process: "worker-1", at: 1000, isThrottled: false },
    { account: "two", process: "worker-2", at: 9000, isThrottled: false },
    { account: "bot", process: "worker-2", at: 5000, isThrottled: false },
  ],
  counted: Array.from({ length: 31 }, (_, at) => ({ at: 4000 + at * 34, isThrottled: false })),
  said: [
    { username: "ana", state: "sent" },
    { username: "bea", state: "sent" },
    { username: "cas", state: "skipped" },
    { username: "dan", state: "notFound" },
    { username: "eve", state: "refused" },
    { username: "fay", state: "sent" },
  ],
  told: [
    { username: "ana", type: "recipient.sent" },
    { username: "cas", type: "recipient.skipped" },
    { username: "bea", type: "recipient.uncertain" },
    { username: "dan", type: "recipient.not_found" },
    { username: "eve", type: "recipient.refused" },
    { username: "bea", type: "recipient.sent" },
    { username: "ana", type: "person.answered" },
    { username: "fay", type: "recipient.sent" },
  ],
  undecided: ["fay", "cas"],
  accounts: ["one", "two"],
  cap: 1,
  perMinute: 1,
  optOuts: [{ name: "cas", at: 500 }],
  pauses: [{ campaign: "fleet", from: 2000, until: 8000 }],
  lives: [
    { process: "worker-1", from: 0, until: 1020, how: "killed" },
    { process: "worker-1", from: 1030, until: 1050, how: "killed" },
    { process: "worker-2", from: 0, until: 9900, how: "killed" },
    { process: "worker-3", from: 0, until: 9000, how: "stopped" },
  ],
};

test("a fleet that did everything right has no faults, and its shares are counted", () => {
  const judgement = judgeFleet(good);
  expect(faultsOf(judgement)).toEqual([]);
  expect(judgement).toMatchObject({
    reached: 3,
    byProcess: { "worker-1": 1, "worker-2": 2 },
    accountsAtCap: 2,
    uncertain: { got: 1, gotNone: 1 },
    mostInASecond: 30,
    deaths: { killed: 3, afterSending: 2, inMidCall: 1 },
  });
});

const call = (process: string, s: number) => ({
  account: "one",
  process,
  at: s * 1000,
  isThrottled: false,
});

test("it is told who sent for an account, how often that changed, and how long nobody did", () => {
  const calls = [
    call("worker-1", 0),
    call("worker-1", 1),
    call("worker-2", 2),
    call("worker-2", 95),
    call("worker-3", 70),
  ];
  expect(judgeFleet({ ...good, calls }).held).toEqual({
    one: {
      byProcess: { "worker-1": 2, "worker-2": 2, "worker-3": 1 },
      handovers: 3,
      longestRestS: 68,
      holders: "1-32",
    },
  });
});

test("it is told by how much messages came too late for their minute", () => {
  const arrivals = [0, 10, 56, 64].map((s) => ({ ...good.arrivals[0]!, at: s * 1000 }));
  expect(judgeFleet({ ...good, arrivals, perMinute: 2 }).minutes).toEqual({
    one: { most: 3, tooLateS: 6 },
    two: { most: 0, tooLateS: 0 },
  });
});

const again = { name: "ana", account: "two", campaign: "fleet", at: 9500 };
/** Somebody in another state, which was told as well. */
const said = (username: string, state: string, type = `recipient.${state}`) => ({
  said: good.said.map((one) => (one.username === username ? { username, state } : one)),
  told: [...good.told, { username, type }],
});

const wrongs: readonly (readonly [string, Partial<Evidence>, readonly string[]])[] = [
  ["somebody got two", { arrivals: [...good.arrivals, again], cap: 2, perMinute: 2 }, ["doubled: 1"]],
  [
    "somebody got none",
    {
      arrivals: good.arrivals.filter(({ name }) => name !== "bea"),
      ...said("bea", "failed"),
      accounts: ["one"],
    },
    ["lost: 1"],
  ],
  ["somebody has no ending", said("dan", "planned", "recipient.retrying"), ["unended: 1"]],
  [
    "somebody is in no result",
    { said: good.said.filter(({ username }) => username !== "eve") },
    ["unended: 1"],
  ],
  ["somebody is left uncertain", said("ana", "uncertain"), ["leftUncertain: 1"]],
  [
    "somebody who takes no messages got one",
    {
      arrivals: [...good.arrivals, { ...again, name: "eve" }],
      ...said("eve", "sent"),
      cap: 2,
      perMinute: 2,
    },
    ["unwanted: 1"],
  ],
  ["somebody is told of wrongly", said("ana", "refused"), ["misreported: 1"]],
  ["an account sent more than it may", { cap: 0 }, ["capsOvershot: 2"]],
  ["an account is too fast", { perMinute: 0 }, ["minutesOvershot: 2"]],
  [
    "Telegram counts a call too many in a second",
    { counted: [...good.counted, { at: 4001, isThrottled: false }] },
    ["secondsOvershot: 1"],
  ],
  ["Telegram turns a call away", { counted: [{ at: 1, isThrottled: true }] }, ["overruns: 1"]],
  ["a window is overrun", { calls: [{ ...good.calls[0]!, isThrottled: true }] }, ["overruns: 1"]],
  ["an opt-out is not heeded", { optOuts: [...good.optOuts, { name: "bea", at: 6999 }] }, ["unheeded: 1"]],
  [
    "a message leaves in a pause",
    { pauses: [{ campaign: "fleet", from: 6999, until: 9001 }] },
    ["sentWhilePaused: 1"],
  ],
  ["an ending is told to nobody", { told: good.told.slice(1) }, ["untold: 1"]],
  [
    "the last that is told is not how it ended",
    { told: good.told.slice(0, 5) },
    ["untold: 1", "toldWrongly: 1"],
  ],
  ["a message is told of twice", { told: [...good.told, ...good.told.slice(-1)] }, ["toldTwice: 1"]],
  ["an account sends nothing", { accounts: [...good.accounts, "three"] }, ["starved: 1"]],
];

test.each(wrongs)("it is found when %s", (_, change, faults) => {
  expect(faultsOf(judgeFleet({ ...good, ...change }))).toEqual(faults);
});
