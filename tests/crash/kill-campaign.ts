/**
 * A campaign in a child process on real files, killed with SIGKILL at seeded random moments and started again until it
 * is through. The simulated people's own record is the judge: it knows nothing of Peyk's journal.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { simulatorConfigSchema } from "../../src/channels/simulator/config.ts";
import { personOf } from "../../src/channels/simulator/population.ts";
import type { Caps } from "../../src/domain/accounts/limits.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/accounts/limits.ts";
import { untoldEvents } from "./untold-events.ts";
import { hoursWestOfUtc, middayZone } from "../support/midday.ts";
import { askOnce } from "../support/postgres/ask-once.ts";
import type { Settings } from "../support/stored.ts";
import { deliveriesIn } from "../support/on-record.ts";

export interface KillRun {
  /** Path of the compiled `library.js`. */
  readonly library: string;
  readonly kills: number;
  readonly names: number;
  readonly accounts: number;
  /**
   * The first account may send this many a minute and so many minutes' worth in all, and the others less than everybody
   * together: so the campaign waits for it. Absent: all accounts share the list, and nobody waits.
   */
  readonly perMinute?: number;
  /** The same seed draws the same moments; where they fall depends on the machine. */
  readonly seed: number;
  readonly onLife?: (life: number) => void;
  /** What the processes are told of a store of their own; absent: they keep everything in a folder. */
  readonly own?: Settings;
  /** Ends the run, and the process that lives then. */
  readonly signal?: AbortSignal;
}

/** What the judge found, by the record of the simulated people alone; see {@link isGood}. */
export interface KillVerdict {
  readonly kills: number;
  /** Deaths in a life in which somebody was written to. */
  readonly killedWhileSending: number;
  readonly names: number;
  readonly delivered: number;
  readonly accounts: number;
  /** Accounts that sent as much as one of their caps allows. */
  readonly accountsAtCap: number;
  readonly doubled: number;
  readonly lost: number;
  readonly capsOvershot: number;
  /** Names whose state at the end is not what the record says. */
  readonly misreported: number;
  /** Endings on record that no event told of in their turn. */
  readonly untold: number;
  readonly end: string;
}

/** Tells whether the promise held: nobody twice, nobody lost, no cap overshot, every number told as it is, everything to those outside. */
export function isGood(verdict: KillVerdict): boolean {
  const { doubled, lost, capsOvershot, misreported, untold, end } = verdict;
  return doubled + lost + capsOvershot + misreported + untold === 0 && end === "finished";
}

/** Everything that can go wrong with a person, and answers that take a while: a kill finds sends under way. */
const people = {
  shares: {
    notFound: 0.02,
    refuses: 0.02,
    slow: 0.02,
    flaky: 0,
    throttled: 0.002,
    timeoutDelivered: 0.02,
    timeoutLost: 0.02,
  },
  latencyMs: { min: 5, max: 60 },
  slowLatencyMs: 200,
  timeoutMs: 150,
  throttleMs: 100,
  publishedLimits: [],
};

/** Opening takes some tens of ms, so kills come before, at and after the first sends. */
const LIFE_MS = 300;
/** One life in this many is long enough for doubts to be settled before it is cut off. */
const LONG_LIFE_EVERY = 20;
const LONG_LIFE_MS = 3000;
/** A life in which nobody may send yet ends after this, too. */
const MOST_WAIT_MS = 2000;

/** A run in a time zone whose day does not end meanwhile, so that nobody gets a new day's messages. */
interface ZonedRun extends KillRun {
  /** As in the names of the zones: `Etc/GMT+3` is three hours behind UTC. */
  readonly hoursWest: number;
}

/** Runs a campaign through all its deaths; answers what the record says in the end. */
export async function runKilledCampaign(given: KillRun): Promise<KillVerdict> {
  const run: ZonedRun = { ...given, hoursWest: hoursWestOfUtc() };
  const folder = await mkdtemp(join(tmpdir(), "peyk-kill-"));
  try {
    const world = { ...people, accounts: accountsOf(run) };
    await writeFile(join(folder, "simulator.json"), JSON.stringify({ version: 1, value: world }));
    const random = seeded(run.seed);
    let killed = 0;
    let killedWhileSending = 0;
    let before = 0;
    while (killed < run.kills) {
      const isLong = killed % LONG_LIFE_EVERY === LONG_LIFE_EVERY - 1;
      const lifeMs = random() * (isLong ? LONG_LIFE_MS : LIFE_MS);
      // Most deaths come after the first send of their life, the others from the first moment of opening on.
      const waitsForSends = random() < 0.75;
      const answer = await live(run, folder, { lifeMs: waitsForSends ? lifeMs / 4 : lifeMs, waitsForSends });
      if (answer !== undefined) break;
      killed++;
      run.onLife?.(killed);
      const asked = await sizeOf(run, folder);
      if (asked > before) killedWhileSending++;
      before = asked;
    }
    return { ...(await judge(run, folder, await live(run, folder))), kills: killed, killedWhileSending };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One life of the process; answers what it printed, or nothing when it was killed. */
async function live(
  run: ZonedRun,
  folder: string,
  death?: { readonly lifeMs: number; readonly waitsForSends: boolean },
): Promise<string | undefined> {
  const { lifeMs, waitsForSends = false } = death ?? {};
  const child = spawn(process.execPath, ["--input-type=module", "--eval", programFor(run, folder)], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      ...run.own,
      TIME_ZONE: middayZone(run.hoursWest),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = (): void => void child.kill("SIGKILL");
  run.signal?.addEventListener("abort", end);
  let printed = "";
  const begun = new Promise<void>((resolve) =>
    child.stdout.on("data", (text) => {
      printed += String(text);
      resolve();
    }),
  );
  const closed = once(child, "close");
  if (lifeMs !== undefined) {
    const before = await sizeOf(run, folder);
    await Promise.race([begun, closed]);
    const latest = Date.now() + MOST_WAIT_MS;
    const isOver = (): boolean => child.exitCode !== null || Date.now() > latest;
    if (waitsForSends) while (!isOver() && (await sizeOf(run, folder)) === before) await wait(2);
    await Promise.race([wait(lifeMs), closed]);
    child.kill("SIGKILL");
  }
  await closed;
  run.signal?.removeEventListener("abort", end);
  run.signal?.throwIfAborted();
  if (child.signalCode === "SIGKILL") return undefined;
  if (child.exitCode !== 0) throw new Error(`a life ended with ${child.exitCode}: ${printed}`);
  return printed;
}

function programFor(run: KillRun, folder: string): string {
  const options = {
    accounts: accountsOf(run).map(({ name }) => name),
    message: "Hello {{username}}",
    taskId: "killed",
    longestWaitMs: LONGEST_WAIT_MS,
    dataDir: folder,
    concurrency: 5,
  };
  return `
    const { CampaignSender } = await import(${JSON.stringify(pathToFileURL(run.library).href)});
    const usernames = Array.from({ length: ${run.names} }, (_, index) => "name_" + index);
    const sender = new CampaignSender({ ...${JSON.stringify(options)}, usernames });
    process.stdout.write("begun\\n");
    const { end, counts } = await sender.sendAll();
    process.stdout.write(JSON.stringify({ end, counts }));`;
}

/** An uncertain message counts against its account until it is known to be lost; that is waited for, not the next day. */
const LONGEST_WAIT_MS = 26 * HOUR_MS;

interface CappedAccount {
  readonly name: string;
  readonly caps: Caps;
}

/** Caps with no message to spare, however long the run takes: everybody is reached only if all send all they may. */
function accountsOf({ names, accounts, perMinute }: KillRun): readonly CappedAccount[] {
  const others = perMinute === undefined ? accounts : accounts - 1;
  const total = reachable(names).length - (perMinute ?? 0) * WAITED_MINUTES;
  const shares = Array.from({ length: others }, (_, index) => {
    const share = Math.floor((total * (index + 1)) / others) - Math.floor((total * index) / others);
    return index === 0 ? { perHour: share } : { perDay: share };
  });
  const caps: readonly Caps[] =
    perMinute === undefined ? shares : [{ perMinute, perDay: perMinute * WAITED_MINUTES }, ...shares];
  // Where no cap a day is given, the default one holds.
  return caps.map((one, index) => ({ name: `account-${index}`, caps: { perDay: names, ...one } }));
}

/** How long the first account is needed when it has a cap for each minute. */
const WAITED_MINUTES = 3;

/** Those whom a message can reach at all. */
function reachable(names: number): readonly string[] {
  const config = simulatorConfigSchema.parse(people);
  return Array.from({ length: names }, (_, index) => `name_${index}`).filter((name) => {
    const { kind } = personOf(config, name).habit;
    return kind !== "notFound" && kind !== "refuses";
  });
}

async function judge(
  run: ZonedRun,
  folder: string,
  printed = "",
): Promise<Omit<KillVerdict, "kills" | "killedWhileSending">> {
  const { end, counts } = answerOf(printed.split("\n").at(-1) ?? "");
  const where = { dataDir: folder, own: run.own ?? {} };
  const sent = await deliveriesIn(where);
  const got = new Map<string, number>();
  for (const { username } of sent) got.set(username, (got.get(username) ?? 0) + 1);
  const accounts = accountsOf(run);
  const usage = accounts.map(({ name, caps }) => {
    const moments = sent.filter(({ account }) => account === name).map(({ at }) => at);
    return usageOf(moments, caps, run.hoursWest);
  });
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    names: run.names,
    delivered: got.size,
    accounts: accounts.length,
    accountsAtCap: usage.filter(({ isAtCap }) => isAtCap).length,
    doubled: [...got.values()].filter((count) => count > 1).length,
    lost: reachable(run.names).filter((name) => !got.has(name)).length,
    capsOvershot: usage.filter(({ isOvershot }) => isOvershot).length,
    misreported: Math.abs((counts["sent"] ?? 0) - got.size) + Math.abs(total - run.names),
    untold: await untoldEvents(where, "killed"),
    end,
  };
}

/** From the claim, by which Peyk counts, to the arrival, which the record knows: half of the slowest answer, and the disk. */
const UNDER_WAY_MS = 1000;

/** How much of its caps an account used at most. @param moments When its messages arrived, in order */
function usageOf(
  moments: readonly number[],
  caps: Caps,
  hoursWest: number,
): { readonly isAtCap: boolean; readonly isOvershot: boolean } {
  const most = (windowMs: number): number => {
    let first = 0;
    return moments.reduce((largest, at, last) => {
      while ((moments[first] ?? at) <= at - windowMs) first++;
      return Math.max(largest, last - first + 1);
    }, 0);
  };
  const perDay = Math.max(0, ...countsByDay(moments, hoursWest).values());
  const windows = [
    { cap: caps.perMinute, used: most(MINUTE_MS), surely: most(MINUTE_MS - UNDER_WAY_MS) },
    { cap: caps.perHour, used: most(HOUR_MS), surely: most(HOUR_MS - UNDER_WAY_MS) },
    { cap: caps.perDay, used: perDay, surely: perDay },
  ];
  return {
    isAtCap: windows.some(({ cap, used }) => cap !== undefined && used >= cap),
    isOvershot: windows.some(({ cap, surely }) => cap !== undefined && surely > cap),
  };
}

function countsByDay(moments: readonly number[], hoursWest: number): Map<string, number> {
  const days = new Map<string, number>();
  for (const at of moments) {
    const day = new Date(at - hoursWest * HOUR_MS).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

const answerSchema = z.object({ end: z.string(), counts: z.record(z.string(), z.number()) });

function answerOf(line: string): z.infer<typeof answerSchema> {
  return answerSchema.parse(JSON.parse(line));
}

/** How much stands in the simulated people's own record. */
async function sizeOf({ own }: KillRun, folder: string): Promise<number> {
  const { DATABASE_URL: url } = own ?? {};
  if (url !== undefined)
    return Number((await askOnce(url, "select count(*) from peyk.simulated"))[0]?.["count"]);
  return (await stat(join(folder, "simulator-record.jsonl")).catch(() => undefined))?.size ?? 0;
}

/** mulberry32: small, and good enough to pick moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
