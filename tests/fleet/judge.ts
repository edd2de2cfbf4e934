/** Judges a fleet by what X and Telegram say: who got what, when, from which account, asked by whom. Pure. */
import type { Life } from "./fleet-process.ts";
import type { FleetPerson } from "./people.ts";
import type { Deaths, HeldAccount } from "./shares.ts";
import { countBy as callsBy, deathsOf, heldAccounts } from "./shares.ts";
import type { ToldJudgement, ToldOf } from "./told.ts";
import { judgeTold } from "./told.ts";

/** One message that somebody got. */
export interface Arrival {
  readonly name: string;
  /** Of X, or the bot. */
  readonly account: string;
  readonly campaign: string;
  /** ms since the epoch */
  readonly at: number;
}

/** Somebody who is to get nothing more, and the moment at which they, or the operator, were told so. */
export interface OptOut {
  readonly name: string;
  readonly at: number;
}

/** A pause of a campaign: from the answer to Pause to the wish to resume. */
export interface Pause {
  readonly campaign: string;
  readonly from: number;
  readonly until: number;
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
  /** Everybody on the lists. */
  readonly people: readonly FleetPerson[];
  readonly arrivals: readonly Arrival[];
  readonly calls: readonly SendCall[];
  /** Everything that Telegram counts, the chat's own calls among it. */
  readonly counted: readonly { readonly at: number; readonly isThrottled: boolean }[];
  readonly said: readonly SaidOf[];
  readonly told: readonly ToldOf[];
  /** Who was uncertain before the operator decided on them: on Telegram nobody else can. */
  readonly undecided: readonly string[];
  /** Of X. */
  readonly accounts: readonly string[];
  /** Messages that an account of X may send on this day. */
  readonly cap: number;
  /** Messages that an account of X may send in any minute. */
  readonly perMinute: number;
  readonly optOuts: readonly OptOut[];
  readonly pauses: readonly Pause[];
  readonly lives: readonly Life[];
}

/** A good fleet has zeros from `doubled` on. */
export interface FleetJudgement extends ToldJudgement {
  readonly names: number;
  readonly reached: number;
  readonly states: Readonly<Record<string, number>>;
  /** Messages that arrived from each account. */
  readonly byAccount: Readonly<Record<string, number>>;
  /** Calls to send that each process made. */
  readonly byProcess: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, HeldAccount>>;
  readonly deaths: Deaths;
  /** Who was uncertain until the operator decided: they had got the message, or not. */
  readonly uncertain: { readonly got: number; readonly gotNone: number };
  /** The most calls that Telegram counted in any second. */
  readonly mostInASecond: number;
  readonly accountsAtCap: number;
  /** By account: the most that arrived within a minute, and how much shorter than a minute none is overfull, in s. */
  readonly minutes: Readonly<Record<string, { readonly most: number; readonly tooLateS: number }>>;
  readonly doubled: number;
  /** Nobody wrote to them although they could be, and nobody says why. */
  readonly lost: number;
  /** They have no ending, or are not in the results at all. */
  readonly unended: number;
  /** Still uncertain, though X can be asked about everybody and the operator has decided on the others. */
  readonly leftUncertain: number;
  /** Messages to people who are not there or take none. */
  readonly unwanted: number;
  /** People whose state is not what X says. */
  readonly misreported: number;
  readonly capsOvershot: number;
  /** Accounts that sent more in some minute than they may in one. */
  readonly minutesOvershot: number;
  /** Calls beyond a window of an account's, or of the bot's. */
  readonly overruns: number;
  /** Calls that Telegram counted beyond its thirty a second. */
  readonly secondsOvershot: number;
  /** Messages after an opt-out, and in the middle of a pause. */
  readonly unheeded: number;
  readonly sentWhilePaused: number;
  /** Accounts that sent less than half of an even share. */
  readonly starved: number;
}

/** Telegram's, over all processes (core.telegram.org/bots/faq). */
const BOT_PER_SECOND = 30;

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
  const { people, arrivals, calls, counted, said, accounts, cap, perMinute, optOuts, pauses } = evidence;
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
  const share = arrivals.filter(({ account }) => accounts.includes(account)).length / accounts.length;
  const gotIt = evidence.undecided.filter((name) => got.has(name)).length;
  const inASecond = withinOf(counted, 1000);
  return {
    names: people.length,
    reached: count((one) => one.got > 0),
    states: Object.fromEntries(countBy(said, ({ state }) => state)),
    byAccount: Object.fromEntries(byAccount),
    byProcess: callsBy(calls),
    held: heldAccounts(calls),
    deaths: deathsOf(evidence.lives, calls),
    uncertain: { got: gotIt, gotNone: evidence.undecided.length - gotIt },
    mostInASecond: Math.max(0, ...inASecond),
    minutes: Object.fromEntries(accounts.map((one) => [one, minuteOf(arrivals, one, perMinute)])),
    accountsAtCap: accounts.filter((one) => (byAccount.get(one) ?? 0) >= cap).length,
    doubled: count((one) => one.got > 1),
    lost: count((one) => one.kind === "reachable" && one.got === 0 && !optedOut.has(one.name)),
    unended: count(({ state }) => state === undefined || !endings.has(state)),
    leftUncertain: count(({ state }) => state === "uncertain"),
    unwanted: count((one) => one.kind !== "reachable" && one.got > 0),
    misreported: count((one) => one.state !== "uncertain" && (one.state === "sent") !== one.got > 0),
    capsOvershot: accounts.filter((one) => (byAccount.get(one) ?? 0) > cap).length,
    minutesOvershot: accounts.filter((one) => mostWithin(arrivals, one, MINUTE_MS - UNDER_WAY_MS) > perMinute)
      .length,
    overruns: [...calls, ...counted].filter(({ isThrottled }) => isThrottled).length,
    secondsOvershot: inASecond.filter((most) => most > BOT_PER_SECOND).length,
    unheeded: arrivals.filter(({ name, at }) =>
      optOuts.some((one) => one.name === name && at > one.at + BINDS_MS),
    ).length,
    sentWhilePaused: arrivals.filter(({ campaign, at }) =>
      pauses.some((one) => one.campaign === campaign && at > one.from + BINDS_MS && at < one.until),
    ).length,
    starved: accounts.filter((one) => (byAccount.get(one) ?? 0) < share / 2).length,
    ...judgeTold(said, evidence.told),
  };
}

/** What has to be zero. */
const zeros = [
  "doubled",
  "lost",
  "unended",
  "leftUncertain",
  "unwanted",
  "misreported",
  "capsOvershot",
  "minutesOvershot",
  "overruns",
  "secondsOvershot",
  "unheeded",
  "sentWhilePaused",
  "starved",
  "untold",
  "toldWrongly",
  "toldTwice",
] as const;

/** What is wrong with it, by name; empty where the promise held. */
export function faultsOf(judgement: FleetJudgement): readonly string[] {
  return zeros.flatMap((name) => (judgement[name] > 0 ? [`${name}: ${judgement[name]}`] : []));
}

/** From the claim, by which Peyk counts, to the arrival: questions about who somebody is, and the way. */
const UNDER_WAY_MS = 2000;

const MINUTE_MS = 60_000;

/** The most messages of an account that arrived within so long. */
function mostWithin(arrivals: readonly Arrival[], account: string, windowMs: number): number {
  const own = arrivals.filter((one) => one.account === account);
  return Math.max(0, ...withinOf(own, windowMs));
}

function minuteOf(arrivals: readonly Arrival[], account: string, perMinute: number) {
  let tooLateS = 0;
  while (tooLateS < 60 && mostWithin(arrivals, account, MINUTE_MS - tooLateS * 1000) > perMinute) tooLateS++;
  return { most: mostWithin(arrivals, account, MINUTE_MS), tooLateS };
}

/** How many there are in the stretch of time that ends with each, itself among them. */
function withinOf(all: readonly { readonly at: number }[], windowMs: number): readonly number[] {
  const moments = all.map(({ at }) => at).toSorted((a, b) => a - b);
  let first = 0;
  return moments.map((at, last) => {
    while ((moments[first] ?? at) <= at - windowMs) first++;
    return last - first + 1;
  });
}

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}
