/**
 * A campaign sent by workers and a chat over one PostgreSQL while processes, database and connections are killed, frozen and
 * cut at moments drawn from a seed; X's own record judges what came of it.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { Aiming } from "./aiming.ts";
import { drawEvents } from "./events.ts";
import type { OwnDeath } from "./fleet-process.ts";
import { kindOf, nameAt, openFleetWorld } from "./fleet-world.ts";
import type { Fleet } from "./fleet.ts";
import { openFleet } from "./fleet.ts";
import { Happenings } from "./happenings.ts";
import type { Evidence, FleetJudgement } from "./judge.ts";
import { faultsOf, judgeFleet } from "./judge.ts";

export interface FleetRun {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
  readonly events: number;
  readonly names: number;
  readonly workers: number;
  readonly accounts: number;
  readonly seed: number;
  /** Told, a line at a time, what happens. */
  readonly tell: (line: string) => void;
}

export interface FleetVerdict extends FleetJudgement {
  readonly seed: number;
  readonly seconds: number;
  readonly happened: Readonly<Record<string, number>>;
  /** Processes that ended although nobody ended them; only such as had started are a fault. */
  readonly ownDeaths: readonly OwnDeath[];
  /** The longest that a process took to stop when it was told to, in ms. */
  readonly slowestStopMs: number;
  readonly status: string;
  /** What did not hold; empty in a good run. */
  readonly faults: readonly string[];
}

const CAMPAIGN = "fleet";
/** How much of a run an event has on the average: enough for what it did to show. */
const EVENT_MS = 8000;
/** An event that the campaign does not come to comes all the same. */
const LONGEST_PAUSE_MS = 20_000;
const SHORTEST_PAUSE_MS = 300;
/** How often it is told how the campaign stands at the end. */
const TELL_MS = 10_000;
/** A campaign in which nothing moves for so long gets no further. */
const STUCK_MS = 5 * 60_000;

/** A campaign through everything; answers what X says in the end. */
export async function runFleet(run: FleetRun): Promise<FleetVerdict> {
  const begun = Date.now();
  const aiming = new Aiming();
  const perMinute = perMinuteOf(run);
  const onCall = aiming.meet.bind(aiming);
  await using x = await openFleetWorld({ ...run, onCall });
  const unreached = (): readonly string[] =>
    namesOf(run).filter((name, at) => kindOf(at) === "reachable" && x.received(name).length === 0);
  await using fleet = await openFleet({ ...run, campaign: CAMPAIGN, perMinute, unreached }, x);
  const happenings = new Happenings(fleet, aiming);
  for (const one of [fleet.chat, ...fleet.workers]) one.start();
  await fleet.api.begin(CAMPAIGN, namesOf(run), capOf(run));
  run.tell(`the campaign runs: ${run.names} names, ${perMinute} messages an account a minute`);
  for (const [index, drawn] of drawEvents(run.seed, run.events).entries()) {
    await untilDue(x, ((index + 1) * run.names * 0.75) / (run.events + 1));
    run.tell(`${index + 1} ${JSON.stringify(drawn.event)}`);
    happenings.begin(drawn);
  }
  await happenings.settle();
  const status = await untilThrough(fleet, x, run.tell);
  const judgement = judgeFleet({
    ...(await evidenceOf(run, fleet, x)),
    cap: capOf(run),
    perMinute,
    optOuts: happenings.optOuts,
    pauses: happenings.pauses,
  });
  const ownDeaths = [fleet.chat, ...fleet.workers].flatMap((one) => one.ownDeaths);
  return {
    seed: run.seed,
    seconds: Math.round((Date.now() - begun) / 1000),
    happened: happenings.counts(),
    ...judgement,
    ownDeaths,
    slowestStopMs: happenings.slowestStopMs,
    status,
    faults: [
      ...(status === "finished" ? [] : [`the campaign is ${status}`]),
      ...ownDeaths.flatMap((one) => (one.hadStarted ? [`${one.process} ended by itself`] : [])),
      ...happenings.failures,
      ...faultsOf(judgement),
    ],
  };
}

/** The campaign is to go on while things happen. */
function perMinuteOf(run: FleetRun): number {
  const minutes = Math.max(1, (run.events * EVENT_MS) / 60_000);
  return Math.max(4, Math.ceil(reachable(run) / run.accounts / minutes));
}

function namesOf({ names }: FleetRun): readonly string[] {
  return Array.from({ length: names }, (_, index) => nameAt(index));
}

function reachable({ names }: FleetRun): number {
  return Array.from({ length: names }, (_, index) => kindOf(index)).filter((kind) => kind === "reachable")
    .length;
}

/** A tenth more than an even share: who sends for others comes to it. */
function capOf(run: FleetRun): number {
  return Math.ceil((reachable(run) / run.accounts) * 1.1) + 2;
}

const sendsAsked = (x: FakeX): number => x.calls.filter(({ route }) => route === "sendMessage").length;

/** Until X has been asked to send so many messages: events are spread over the whole campaign. */
async function untilDue(x: FakeX, aim: number): Promise<void> {
  const latest = Date.now() + LONGEST_PAUSE_MS;
  await wait(SHORTEST_PAUSE_MS);
  while (sendsAsked(x) < aim && Date.now() < latest) await wait(50);
}

/** Until the campaign has ended and nobody is uncertain; answers its status, or where it is stuck. */
async function untilThrough({ api, campaign }: Fleet, x: FakeX, tell: FleetRun["tell"]): Promise<string> {
  let [seen, since] = ["", Date.now()];
  let toldAt = 0;
  for (;;) {
    const { status, counts } = await api.standing(campaign);
    const { uncertain = 0 } = counts;
    if (status === "finished" && uncertain === 0) return status;
    if (Date.now() - toldAt > TELL_MS) {
      toldAt = Date.now();
      tell(`${status} ${JSON.stringify(counts)}`);
    }
    const now = `${status} ${JSON.stringify(counts)} ${x.calls.length}`;
    if (now !== seen) [seen, since] = [now, Date.now()];
    if (Date.now() - since > STUCK_MS) return `stuck: ${seen}`;
    await wait(500);
  }
}

/** What X and Peyk say of everybody. */
async function evidenceOf(
  run: FleetRun,
  { chat, workers, api, campaign }: Fleet,
  x: FakeX,
): Promise<Omit<Evidence, "cap" | "perMinute" | "optOuts" | "pauses">> {
  const people = namesOf(run).map((name, index) => ({ name, kind: kindOf(index) }));
  const processes = [chat, ...workers];
  const nameOf = (host: string): string =>
    processes.find((one) => host.endsWith(`:${one.x.port}`))?.name ?? host;
  return {
    people,
    arrivals: people
      .filter(({ kind }) => kind !== "missing")
      .flatMap(({ name }) => x.received(name).map(({ account, at }) => ({ name, account, at }))),
    calls: x.calls
      .filter(({ route }) => route === "sendMessage")
      .map(({ account = "nobody", host, at, status, fault }) => {
        return { account, process: nameOf(host), at, isThrottled: status === 429 && fault === undefined };
      }),
    said: await api.results(campaign),
    accounts: x.accountKeys.map(({ name }) => name),
  };
}
