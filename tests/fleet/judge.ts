/** Judges a fleet by what X says: who got what, when, from which account, asked by whom. Pure. */
import type { PersonKind } from "./fleet-world.ts";

/** One message that somebody got. */
export interface Arrival {
  readonly name: string;
  readonly account: string;
  /** ms since the epoch */
  readonly at: number;
}

/** One call to send, whatever came of it. */
export interface SendCall {
  readonly account: string;
  /** The process that made it. */
  readonly process: string;
  readonly at: number;
  /** It was answered with 429. */
  readonly isThrottled: boolean;
}

/** What Peyk says of one name in the end. */
export interface SaidOf {
  readonly username: string;
  readonly state: string;
}

export interface Evidence {
  /** Everybody on the list. */
  readonly people: readonly { readonly name: string; readonly kind: PersonKind }[];
  readonly arrivals: readonly Arrival[];
  readonly calls: readonly SendCall[];
  readonly said: readonly SaidOf[];
  readonly accounts: readonly string[];
  /** Messages that an account may send on this day. */
  readonly cap: number;
  /** Messages that an account may send in any minute. */
  readonly perMinute: number;
  /** Put on the do-not-send list, with the moment at which the operator was told that they are. */
  readonly optOuts: readonly { readonly name: string; readonly at: number }[];
  /** When the campaign was paused: from the answer to Pause to the wish to resume. */
  readonly pauses: readonly { readonly from: number; readonly until: number }[];
}

/** A good fleet has zeros from `doubled` on. */
export interface FleetJudgement {
  readonly names: number;
  readonly reached: number;
  readonly states: Readonly<Record<string, number>>;
  /** Messages that arrived from each account. */
  readonly byAccount: Readonly<Record<string, number>>;
  /** Calls to send that each process made. */
  readonly byProcess: Readonly<Record<string, number>>;
  readonly accountsAtCap: number;
  readonly doubled: number;
  /** Nobody wrote to them although they could be, and nobody says why. */
  readonly lost: number;
  /** They have no ending, or are not in the results at all. */
  readonly unended: number;
  /** Still uncertain, though X can be asked about everybody. */
  readonly leftUncertain: number;
  /** Messages to people who are not there or take none. */
  readonly unwanted: number;
  /** People whose state is not what X says. */
  readonly misreported: number;
  readonly capsOvershot: number;
  /** Accounts that sent more in some minute than they may in one. */
  readonly minutesOvershot: number;
  /** Calls beyond a window of an account's. */
  readonly overruns: number;
  /** Messages after an opt-out, and in the middle of a pause. */
  readonly unheeded: number;
  readonly sentWhilePaused: number;
  /** Accounts that sent less than half of an even share. */
  readonly starved: number;
}

/** An opt-out and a pause bind within a second; whatever had left by then arrives within another. */
const BINDS_MS = 2000;

const endings: ReadonlySet<string> = new Set([
  "sent",
  "failed",
  "notFound",
  "refused",
  "skipped",
  "uncertain",
]);

export function judgeFleet(evidence: Evidence): FleetJudgement {
  const { people, arrivals, calls, said, accounts, cap, perMinute, optOuts, pauses } = evidence;
  const got = countBy(arrivals, ({ name }) => name);
  const stateOf = new Map(said.map(({ username, state }) => [username, state]));
  const byAccount = countBy(arrivals, ({ account }) => account);
  const everybody = people.map((one) => ({
    ...one,
    got: got.get(one.name) ?? 0,
    state: stateOf.get(one.name),
  }));
  const count = (fits: (person: (typeof everybody)[number]) => boolean): number =>
    everybody.filter(fits).length;
  const optedOut = new Set(optOuts.map(({ name }) => name));
  const share = arrivals.length / accounts.length;
  return {
    names: people.length,
    reached: count((one) => one.got > 0),
    states: Object.fromEntries(countBy(said, ({ state }) => state)),
    byAccount: Object.fromEntries(byAccount),
    byProcess: Object.fromEntries(countBy(calls, ({ process }) => process)),
    accountsAtCap: accounts.filter((one) => (byAccount.get(one) ?? 0) >= cap).length,
    doubled: count((one) => one.got > 1),
    lost: count((one) => one.kind === "reachable" && one.got === 0 && !optedOut.has(one.name)),
    unended: count(({ state }) => state === undefined || !endings.has(state)),
    leftUncertain: count(({ state }) => state === "uncertain"),
    unwanted: count((one) => one.kind !== "reachable" && one.got > 0),
    misreported: count((one) => one.state !== "uncertain" && (one.state === "sent") !== one.got > 0),
    capsOvershot: accounts.filter((one) => (byAccount.get(one) ?? 0) > cap).length,
    minutesOvershot: accounts.filter((one) => mostInAMinute(arrivals, one) > perMinute).length,
    overruns: calls.filter(({ isThrottled }) => isThrottled).length,
    unheeded: arrivals.filter(({ name, at }) =>
      optOuts.some((one) => one.name === name && at > one.at + BINDS_MS),
    ).length,
    sentWhilePaused: arrivals.filter(({ at }) =>
      pauses.some(({ from, until }) => at > from + BINDS_MS && at < until),
    ).length,
    starved: accounts.filter((one) => (byAccount.get(one) ?? 0) < share / 2).length,
  };
}

/** What is wrong with it, by name; empty where the promise held. */
export function faultsOf(judgement: FleetJudgement): readonly string[] {
  const { doubled, lost, unended, leftUncertain, unwanted, misreported } = judgement;
  const { capsOvershot, minutesOvershot, overruns, unheeded, sentWhilePaused, starved } = judgement;
  const zeros = {
    doubled,
    lost,
    unended,
    leftUncertain,
    unwanted,
    misreported,
    capsOvershot,
    minutesOvershot,
    overruns,
    unheeded,
    sentWhilePaused,
    starved,
  };
  return Object.entries(zeros).flatMap(([name, found]) => (found > 0 ? [`${name}: ${found}`] : []));
}

/** From the claim, by which Peyk counts, to the arrival: questions about who somebody is, and the way. */
const UNDER_WAY_MS = 2000;

/** The most messages of an account that surely were claimed within a minute. */
function mostInAMinute(arrivals: readonly Arrival[], account: string): number {
  const moments = arrivals
    .flatMap((one) => (one.account === account ? [one.at] : []))
    .toSorted((a, b) => a - b);
  let first = 0;
  return moments.reduce((most, at, last) => {
    while ((moments[first] ?? at) <= at - (60_000 - UNDER_WAY_MS)) first++;
    return Math.max(most, last - first + 1);
  }, 0);
}

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}
