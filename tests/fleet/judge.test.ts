/** The judge of a fleet finds whatever a fleet can do wrong, and nothing where it did nothing wrong. */
import { expect, test } from "vitest";
import type { Evidence } from "./judge.ts";
import { faultsOf, judgeFleet } from "./judge.ts";

const good: Evidence = {
  people: [
    { name: "ana", kind: "reachable" },
    { name: "bea", kind: "reachable" },
    { name: "cas", kind: "reachable" },
    { name: "dan", kind: "missing" },
    { name: "eve", kind: "noDms" },
  ],
  arrivals: [
    { name: "ana", account: "one", at: 1000 },
    { name: "bea", account: "two", at: 9000 },
  ],
  calls: [
    { account: "one", process: "worker-1", at: 1000, isThrottled: false },
    { account: "two", process: "worker-2", at: 9000, isThrottled: false },
  ],
  said: [
    { username: "ana", state: "sent" },
    { username: "bea", state: "sent" },
    { username: "cas", state: "skipped" },
    { username: "dan", state: "notFound" },
    { username: "eve", state: "refused" },
  ],
  accounts: ["one", "two"],
  cap: 1,
  perMinute: 1,
  optOuts: [{ name: "cas", at: 500 }],
  pauses: [{ from: 2000, until: 8000 }],
};

test("a fleet that did everything right has no faults, and its shares are counted", () => {
  const judgement = judgeFleet(good);
  expect(faultsOf(judgement)).toEqual([]);
  expect(judgement).toMatchObject({
    reached: 2,
    byProcess: { "worker-1": 1, "worker-2": 1 },
    accountsAtCap: 2,
  });
});

const again = { name: "ana", account: "two", at: 9500 };
const said = (username: string, state: string) =>
  good.said.map((one) => (one.username === username ? { username, state } : one));

const wrongs: readonly (readonly [string, Partial<Evidence>, readonly string[]])[] = [
  ["somebody got two", { arrivals: [...good.arrivals, again], cap: 2, perMinute: 2 }, ["doubled: 1"]],
  [
    "somebody got none",
    { arrivals: good.arrivals.slice(0, 1), said: said("bea", "failed"), accounts: ["one"] },
    ["lost: 1"],
  ],
  ["somebody has no ending", { said: said("dan", "planned") }, ["unended: 1"]],
  ["somebody is in no result", { said: good.said.slice(0, 4) }, ["unended: 1"]],
  ["somebody is left uncertain", { said: said("ana", "uncertain") }, ["leftUncertain: 1"]],
  [
    "somebody who takes no messages got one",
    {
      arrivals: [...good.arrivals, { ...again, name: "eve" }],
      said: said("eve", "sent"),
      cap: 2,
      perMinute: 2,
    },
    ["unwanted: 1"],
  ],
  ["somebody is told of wrongly", { said: said("ana", "refused") }, ["misreported: 1"]],
  ["an account sent more than it may", { cap: 0 }, ["capsOvershot: 2"]],
  ["an account is too fast", { perMinute: 0 }, ["minutesOvershot: 2"]],
  ["a window is overrun", { calls: [{ ...good.calls[0]!, isThrottled: true }] }, ["overruns: 1"]],
  ["an opt-out is not heeded", { optOuts: [...good.optOuts, { name: "bea", at: 6999 }] }, ["unheeded: 1"]],
  ["a message leaves in a pause", { pauses: [{ from: 6999, until: 9001 }] }, ["sentWhilePaused: 1"]],
  ["an account sends nothing", { accounts: [...good.accounts, "three"] }, ["starved: 1"]],
];

test.each(wrongs)("it is found when %s", (_, change, faults) => {
  expect(faultsOf(judgeFleet({ ...good, ...change }))).toEqual(faults);
});
