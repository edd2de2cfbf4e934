/**
 * A fake X on a bad day: it loses answers, breaks, asks an account to wait and locks another, and some of the people on
 * the list are not there or take no messages. Its own record of who received what, and of its windows, is the judge.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { FaultOf } from "../support/fake-x/faults.ts";
import { seededFaults } from "../support/fake-x/faults.ts";
import type { FakePerson } from "../support/fake-x/options.ts";
import { middayZone } from "../support/midday.ts";
import type { Settings } from "../support/stored.ts";

export interface TroubledRun {
  readonly kills: number;
  readonly names: number;
  /** Messages an account may send in four seconds. */
  readonly perWindow: number;
  readonly seed: number;
  /** What the program is told of a store of its own; absent: it keeps everything in a folder. */
  readonly own?: Settings;
}

/** The campaign that is killed. */
export const KILLED = "killed";

/** What X says; a good run has zeros from `doubled` on. */
export interface XJudgement {
  readonly reached: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Answers that were lost although the message arrived, or before it did. */
  readonly lostAnswers: number;
  readonly refusedAsLocked: number;
  /** Times that an account was told to wait. */
  readonly toldToWait: number;
  /** In doubt at the end, through the locked account, which can't be asked any more. */
  readonly leftToOperator: number;
  readonly doubled: number;
  readonly lost: number;
  /** Messages to people who are not there or take none. */
  readonly unwanted: number;
  /** People whose state at the end is not what X says. */
  readonly misreported: number;
  /** Calls beyond a window by X's own count; what the fault script refused is not among them. */
  readonly overruns: number;
}

/** The list: `person_0` and on. */
export function namesOf({ names }: TroubledRun): string[] {
  return Array.from({ length: names }, (_, index) => `person_${index}`);
}

/** Opens it with its three accounts: one steady, one told once to wait, one locked at its third message. */
export function openTroubledX(run: TroubledRun): Promise<FakeX> {
  return openFakeX({
    accounts: [
      { name: "steady" },
      { name: "slow" },
      { name: "locked", troubles: [{ atMessage: 3, refusal: "locked" }] },
    ],
    people: peopleOf(namesOf(run)),
    faults: faultsOf(run),
    // Short windows that bind, and enough questions for every doubt that a kill leaves.
    windows: {
      dm: { count: run.perWindow, windowMs: 4000 },
      events: { count: 5000, windowMs: 4000 },
      me: { count: 5000, windowMs: 4000 },
    },
  });
}

/** One message in ten goes wrong on the way, and one account is told once to wait. */
function faultsOf({ seed, names }: TroubledRun): FaultOf {
  const shares = { cutBefore: 0.03, cutAfter: 0.03, brokenAfter: 0.02, unavailable: 0.01, edge: 0.01 };
  const seeded = seededFaults(seed, shares, ["sendMessage"]);
  const waits = { told: false };
  return (call) => {
    if (call.route === "sendMessage" && call.account === "slow" && call.ofRoute > names / 10 && !waits.told) {
      waits.told = true;
      return { kind: "answer", refusal: "tooMany" };
    }
    // Nobody can ask a locked account what became of its messages: its doubts would be left to the operator.
    return call.account === "locked" ? undefined : seeded(call);
  };
}

/** Every thirtieth is suspended, every thirtieth takes no messages, every thirtieth does not exist. */
function peopleOf(names: readonly string[]): FakePerson[] {
  return names.flatMap((name, index): FakePerson[] => {
    if (index % 30 === 7) return [];
    if (index % 30 === 8) return [{ name, state: "suspended" }];
    return [index % 30 === 9 ? { name, state: "noDms" } : { name }];
  });
}

const isReachable = (index: number): boolean => ![7, 8, 9].includes(index % 30);

/** How many messages X has been asked to send. */
export function sendsAsked(x: FakeX): number {
  return x.calls.filter(({ route }) => route === "sendMessage").length;
}

/** How many messages it refused because their account is locked. */
export function refusedAsLocked(x: FakeX): number {
  const ofLocked = x.calls.filter(({ route, account }) => route === "sendMessage" && account === "locked");
  return ofLocked.filter(({ status }) => status === 403).length;
}

/**
 * How many messages X has been asked to send when the process dies: deaths are spread over the whole campaign.
 * @param kill From 1
 */
export function aimOf({ kills, names }: TroubledRun, kill: number): number {
  return Math.ceil((kill * names * 0.9) / (kills + 1));
}

const resultsSchema = z.array(
  z.object({ username: z.string(), state: z.string(), account: z.string().optional() }),
);

/** What became of each recipient, in the order of the list. */
export type XResults = z.infer<typeof resultsSchema>;

/**
 * What both programs are told of it.
 * @param folder In which the keys are, as `x-accounts.json`
 * @param own What they are told of a store of their own
 */
export function accessTo(x: FakeX, folder: string, own: Settings = {}): Record<string, string> {
  return {
    ...own,
    TIME_ZONE: middayZone(),
    X_ACCOUNTS_FILE: join(folder, "x-accounts.json"),
    X_API_BASE_URL: x.address,
    // Its lists are never late.
    X_ABSENT_AFTER: "10",
  };
}

/**
 * Has the command line say what became of the killed campaign.
 * @param cli Path of the compiled `peyk-cli.js`
 * @param folder In which `data/` is
 * @param env What it is told
 */
export async function exportedResults(cli: string, folder: string, env: Settings): Promise<XResults> {
  const words = ["export", KILLED, "--format", "json", "--out", "results.json"];
  await promisify(execFile)(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  return resultsSchema.parse(JSON.parse(await readFile(join(folder, "results.json"), "utf8")));
}

/** Has X say what became of everybody on the list, beside what Peyk says. */
export function judge(x: FakeX, results: XResults): XJudgement {
  const there = new Set(peopleOf(results.map(({ username }) => username)).map(({ name }) => name));
  const people = results.map((result, index) => ({
    ...result,
    isReachable: isReachable(index),
    got: there.has(result.username) ? x.received(result.username).length : 0,
    // Nobody can ask a locked account what became of its messages: the operator is asked.
    isLeftToOperator: result.state === "uncertain" && result.account === "locked",
  }));
  const ofMessages = x.calls.filter(({ route }) => route === "sendMessage");
  const count = (fits: (person: (typeof people)[number]) => boolean): number => people.filter(fits).length;
  const states = [...new Set(results.map(({ state }) => state))];
  return {
    reached: count(({ got }) => got > 0),
    counts: Object.fromEntries(states.map((one) => [one, count(({ state }) => state === one)])),
    lostAnswers: ofMessages.filter(({ fault }) => fault !== undefined).length,
    refusedAsLocked: refusedAsLocked(x),
    toldToWait: x.throttled().filter(({ fault }) => fault === "answer").length,
    leftToOperator: count(({ isLeftToOperator }) => isLeftToOperator),
    doubled: count(({ got }) => got > 1),
    lost: count((one) => one.isReachable && one.got === 0 && !one.isLeftToOperator),
    unwanted: count((one) => !one.isReachable && one.got > 0),
    misreported: count((one) => !one.isLeftToOperator && (one.state === "sent") !== one.got > 0),
    overruns: x.overruns().length + x.throttled().filter(({ fault }) => fault !== "answer").length,
  };
}
