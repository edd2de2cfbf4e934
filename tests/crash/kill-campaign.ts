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
import { deliveries, readDeliveries } from "../../src/channels/simulator/record.ts";

export interface KillRun {
  /** Path of the compiled `library.js`. */
  readonly library: string;
  readonly kills: number;
  readonly names: number;
  readonly accounts: number;
  /** The same seed draws the same moments; where they fall depends on the machine. */
  readonly seed: number;
  readonly onLife?: (life: number) => void;
}

/** What the judge found; a run is good when all but the first four are zero and the counts add up. */
export interface KillVerdict {
  readonly kills: number;
  readonly killedWhileSending: number;
  readonly names: number;
  readonly delivered: number;
  readonly doubled: number;
  readonly lost: number;
  readonly capsOvershot: number;
  /** Names whose state at the end is not what the record says. */
  readonly misreported: number;
  readonly end: string;
}

/** Everything that can go wrong with a person, and answers that take a while: a kill finds sends under way. */
const people = {
  shares: {
    notFound: 0.02,
    refuses: 0.02,
    slow: 0.02,
    flaky: 0,
    throttled: 0.01,
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

/** Runs a campaign through all its deaths; answers what the record says in the end. */
export async function runKilledCampaign(run: KillRun): Promise<KillVerdict> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-kill-"));
  try {
    await writeFile(join(folder, "simulator.json"), JSON.stringify({ version: 1, value: people }));
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
      run.onLife?.(++killed);
      const asked = await sizeOf(folder);
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
  run: KillRun,
  folder: string,
  death?: { readonly lifeMs: number; readonly waitsForSends: boolean },
): Promise<string | undefined> {
  const { lifeMs, waitsForSends = false } = death ?? {};
  const child = spawn(process.execPath, ["--input-type=module", "--eval", programFor(run, folder)], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", TIME_ZONE: "UTC" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  const begun = new Promise<void>((resolve) =>
    child.stdout.on("data", (text) => {
      printed += String(text);
      resolve();
    }),
  );
  const closed = once(child, "close");
  if (lifeMs !== undefined) {
    const before = await sizeOf(folder);
    await Promise.race([begun, closed]);
    const isOver = (): boolean => child.exitCode !== null;
    if (waitsForSends) while (!isOver() && (await sizeOf(folder)) === before) await wait(2);
    await Promise.race([wait(lifeMs), closed]);
    child.kill("SIGKILL");
  }
  await closed;
  if (child.signalCode === "SIGKILL") return undefined;
  if (child.exitCode !== 0) throw new Error(`a life ended with ${child.exitCode}: ${printed}`);
  return printed;
}

function programFor({ library, names, accounts }: KillRun, folder: string): string {
  const options = {
    accounts: Array.from({ length: accounts }, (_, index) => `account-${index}`),
    message: "Hello {{username}}",
    maxPerAccount: capOf({ names, accounts }),
    taskId: "killed",
    dataDir: folder,
    concurrency: 5,
  };
  return `
    const { CampaignSender } = await import(${JSON.stringify(pathToFileURL(library).href)});
    const usernames = Array.from({ length: ${names} }, (_, index) => "name_" + index);
    const sender = new CampaignSender({ ...${JSON.stringify(options)}, usernames });
    process.stdout.write("begun\\n");
    const { end, counts } = await sender.sendAll();
    process.stdout.write(JSON.stringify({ end, counts }));`;
}

/** Just enough for everyone: one message counted too often or too seldom shows. */
function capOf({ names, accounts }: Pick<KillRun, "names" | "accounts">): number {
  return Math.ceil(names / accounts);
}

async function judge(
  run: KillRun,
  folder: string,
  printed = "",
): Promise<Omit<KillVerdict, "kills" | "killedWhileSending">> {
  const { end, counts } = answerOf(printed.split("\n").at(-1) ?? "");
  const record = join(folder, "simulator-record.jsonl");
  const got = await deliveries(record);
  const config = simulatorConfigSchema.parse(people);
  const reachable = Array.from({ length: run.names }, (_, index) => `name_${index}`).filter((name) => {
    const { kind } = personOf(config, name).habit;
    return kind !== "notFound" && kind !== "refuses";
  });
  const perDay = new Map<string, number>();
  for (const { account, at } of await readDeliveries(record)) {
    const key = `${account} ${new Date(at).toISOString().slice(0, 10)}`;
    perDay.set(key, (perDay.get(key) ?? 0) + 1);
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    names: run.names,
    delivered: got.size,
    doubled: [...got.values()].filter((count) => count > 1).length,
    lost: reachable.filter((name) => !got.has(name)).length,
    capsOvershot: [...perDay.values()].filter((count) => count > capOf(run)).length,
    misreported: Math.abs((counts["sent"] ?? 0) - got.size) + Math.abs(total - run.names),
    end,
  };
}

const answerSchema = z.object({ end: z.string(), counts: z.record(z.string(), z.number()) });

function answerOf(line: string): z.infer<typeof answerSchema> {
  return answerSchema.parse(JSON.parse(line));
}

async function sizeOf(folder: string): Promise<number> {
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
