/**
 * Campaigns sent by workers and a chat over one PostgreSQL while processes, database and connections are killed, frozen and
 * cut at moments drawn from a seed; X's and Telegram's own records judge what came of it.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { Aiming } from "./aiming.ts";
import { FleetCampaigns } from "./campaigns.ts";
import { drawEvents } from "./events.ts";
import { evidenceOf } from "./evidence.ts";
import { FleetBot } from "./fleet-bot.ts";
import type { OwnDeath } from "./fleet-process.ts";
import { openFleetX, sendsAsked } from "./fleet-x.ts";
import { openFleet } from "./fleet.ts";
import { Happenings } from "./happenings.ts";
import type { FleetJudgement } from "./judge.ts";
import { faultsOf, judgeFleet } from "./judge.ts";
import { peopleOf, reachableBy } from "./people.ts";
import { throughAll } from "./through.ts";

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

/** How much of a run an event has on the average: enough for what it did to show. */
const EVENT_MS = 6000;
/** An event that the campaign does not come to comes all the same. */
const LONGEST_PAUSE_MS = 20_000;
const SHORTEST_PAUSE_MS = 300;
/** In how much of the campaign over X the events lie: what comes after the last one is only waited for. */
const EVENTFUL = 0.9;
/** After so many events the bot writes to the next ones. */
const WAVE_EVENTS = 8;

/** Campaigns through everything; answers what X and Telegram say in the end. */
export async function runFleet(run: FleetRun): Promise<FleetVerdict> {
  const begun = Date.now();
  const people = peopleOf(run.names);
  const share = reachableBy("x", people).length / run.accounts;
  const perMinute = perMinuteOf(run, share);
  // A tenth more than an even share: who sends for others comes to it.
  const cap = Math.ceil(share * 1.1) + 2;
  const aiming = new Aiming();
  const world = { ...run, people, meet: aiming.meet.bind(aiming) };
  await using x = await openFleetX(world);
  await using bot = await FleetBot.open(world);
  await using fleet = await openFleet({ ...run, perMinute }, { x, bot });
  const waves = Math.max(1, Math.round(run.events / WAVE_EVENTS));
  const campaigns = new FleetCampaigns({ api: fleet.api, x, bot, people, waves });
  const happenings = new Happenings({ fleet, campaigns, bot, aiming });
  for (const one of [fleet.chat, ...fleet.workers]) one.start();
  await bot.join();
  await campaigns.beginOnX(cap);
  run.tell(`the campaign runs: ${run.names} names, ${perMinute} messages an account a minute`);
  const aims = people.filter(({ channel }) => channel === "x").length * EVENTFUL;
  for (const [index, drawn] of drawEvents(run.seed, run.events).entries()) {
    await untilDue(x, ((index + 1) * aims) / (run.events + 1));
    if (isWaveDue(index, waves, run.events)) campaigns.beginWave();
    run.tell(`${index + 1} ${JSON.stringify(drawn.event)}`);
    happenings.begin(drawn);
  }
  await happenings.settle();
  await campaigns.settle();
  const end = await throughAll({ fleet, campaigns, x, bot, tell: run.tell });
  const evidence = await evidenceOf({ fleet, campaigns, x, bot, people });
  const { optOuts, pauses } = happenings;
  const { undecided } = end;
  const judgement = judgeFleet({ ...evidence, undecided, cap, perMinute, optOuts, pauses });
  const ownDeaths = [fleet.chat, ...fleet.workers].flatMap((one) => one.ownDeaths);
  return {
    seed: run.seed,
    seconds: Math.round((Date.now() - begun) / 1000),
    happened: happenings.counts(),
    ...judgement,
    ownDeaths,
    slowestStopMs: happenings.slowestStopMs,
    status: end.status,
    faults: [
      ...(end.status === "finished" ? [] : [`the campaigns are ${end.status}`]),
      ...ownDeaths.flatMap((one) => (one.hadStarted ? [`${one.process} ended by itself`] : [])),
      ...happenings.failures,
      ...faultsOf(judgement),
    ],
  };
}

/** The campaign is to go on while things happen. */
function perMinuteOf(run: FleetRun, share: number): number {
  const minutes = Math.max(1, (run.events * EVENT_MS) / 60_000);
  return Math.max(4, Math.ceil((share * EVENTFUL) / minutes));
}

/** Spread evenly over the events; the first comes with the first. */
function isWaveDue(event: number, waves: number, events: number): boolean {
  const upTo = (at: number): number => Math.ceil((at * waves) / events);
  return upTo(event + 1) > upTo(event);
}

/** Until X has been asked to send so many messages: events are spread over the whole campaign. */
async function untilDue(x: FakeX, aim: number): Promise<void> {
  const latest = Date.now() + LONGEST_PAUSE_MS;
  await wait(SHORTEST_PAUSE_MS);
  while (sendsAsked(x) < aim && Date.now() < latest) await wait(50);
}
