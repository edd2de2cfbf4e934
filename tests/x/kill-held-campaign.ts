/**
 * A campaign that is held in every way there is (a start to come, a window that closes and opens, the first few, a speed a
 * minute, a spend cap), in front of a fake X on a bad day, killed with SIGKILL and begun again until it is through. X's own
 * record is the judge: it knows the moment of every message, and nothing of what was agreed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { xPrices } from "../../src/lib/x-api/prices.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import { seededFaults } from "../support/fake-x/faults.ts";

export interface HeldRun {
  /** Path of the compiled `library.js`. */
  readonly library: string;
  readonly kills: number;
  readonly names: number;
  readonly first: number;
  readonly perMinute: number;
  readonly seed: number;
  readonly onLife?: (life: number, says: string) => void;
}

/** By X's record; a good run has zeros from `doubled` on. */
export interface HeldVerdict {
  readonly kills: number;
  readonly reached: number;
  /** Those who had the message, or may have had, when the first few were through. */
  readonly atFirst: number;
  /** US dollars at the pause of the spend cap, counted from X's side. */
  readonly spentAtCap: number;
  readonly cap: number;
  readonly doubled: number;
  readonly lost: number;
  readonly beforeItsTime: number;
  readonly outsideTheWindow: number;
  /** Beyond the first few before the word. */
  readonly beforeTheWord: number;
  /** Messages beyond the speed of a minute, in any minute. */
  readonly tooFast: number;
  readonly overspent: number;
}

const MINUTE_MS = 60_000;
const START_IN_MS = 20_000;
/** From the claim to X: look-up, call, disk. */
const UNDER_WAY_MS = 1500;
const stored = z.object({ status: z.string(), pause: z.object({ kind: z.string() }).optional() });

/** What is agreed; minutes are whole, as those of windows. */
interface Agreed {
  readonly startAt: number;
  readonly open: readonly (readonly [from: number, to: number])[];
  readonly cap: number;
}

/** Runs it through all its deaths; about a minute a hundred names at 60 a minute, and the closed minute. */
export async function runHeldX(run: HeldRun): Promise<HeldVerdict> {
  const names = Array.from({ length: run.names }, (_, index) => `person_${index}`);
  const shares = { cutBefore: 0.02, cutAfter: 0.02, brokenAfter: 0.02, unavailable: 0.01, edge: 0.01 };
  await using x = await openFakeX({
    accounts: [{ name: "one" }, { name: "two" }],
    people: names.map((name) => ({ name })),
    faults: seededFaults(run.seed, shares, ["sendMessage"]),
    windows: {
      dm: { count: 1000, windowMs: 4000 },
      events: { count: 5000, windowMs: 4000 },
      me: { count: 5000, windowMs: 4000 },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), "peyk-kill-held-"));
  try {
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
    const agreed = agree(run);
    const random = seeded(run.seed);
    const marks = { first: Infinity, cap: Infinity, atFirst: 0, spentAtCap: 0 };
    let kills = 0;
    for (;;) {
      const { status, pause } = await standing(folder);
      if (status === "finished") break;
      // The word is given by the life that begins after the pause, and by no other.
      if (pause === "triedFirst" && marks.first === Infinity)
        Object.assign(marks, { first: Date.now(), atFirst: asked(x).size });
      if (pause === "spendCap" && marks.cap === Infinity)
        Object.assign(marks, { cap: Date.now(), spentAtCap: costs(x) });
      const options = {
        ...(status === undefined ? { startAt: agreed.startAt, sendWindow: windowText(agreed) } : {}),
        ...(marks.first === Infinity ? { tryFirst: run.first } : {}),
        pace: { perMinute: run.perMinute },
        spendCap: marks.cap === Infinity ? agreed.cap : agreed.cap * 10,
      };
      const lifeMs = kills < run.kills ? 1000 + random() * ((5.5 * MINUTE_MS) / run.kills) * 1.6 : undefined;
      const says = await live({ run, folder, x, options, names, lifeMs });
      if (says === "killed") kills += 1;
      run.onLife?.(kills, `${status ?? "new"} ${pause ?? ""} ${says}`);
    }
    return { kills, ...judge({ x, names, agreed, run, marks }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Opens with the minute of the start, is closed for the minute after the next one, and opens again. */
function agree({ names }: HeldRun): Agreed {
  const startAt = Math.floor((Date.now() + START_IN_MS) / 1000) * 1000;
  const minute = Math.floor(startAt / MINUTE_MS) * MINUTE_MS;
  const open = [
    [minute, minute + 2 * MINUTE_MS],
    [minute + 3 * MINUTE_MS, minute + 40 * MINUTE_MS],
  ] as const;
  return { startAt, open, cap: Math.round(names * 0.6 * (xPrices.message + xPrices.person) * 100) / 100 };
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

function windowText({ open }: Agreed): string {
  return `${open.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(", ")} UTC`;
}

async function standing(folder: string): Promise<{ readonly status?: string; readonly pause?: string }> {
  const path = join(folder, "data", "campaigns", "held", "campaign.json");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return {};
  const { value } = z.object({ value: stored }).parse(JSON.parse(text));
  return { status: value.status, ...(value.pause ? { pause: value.pause.kind } : {}) };
}

interface Living {
  readonly run: HeldRun;
  readonly folder: string;
  readonly x: FakeX;
  readonly options: object;
  readonly names: readonly string[];
  readonly lifeMs: number | undefined;
}

/** One life; answers how it ended. */
async function live({ run, folder, x, options, names, lifeMs }: Living): Promise<string> {
  const fixed = {
    accounts: ["one", "two"],
    message: "Hello {{username}}",
    taskId: "held",
    channel: "x",
    consent: "They asked for it",
    guardRails: {},
    maxPerAccount: 1000,
    concurrency: 4,
    resume: true,
  };
  const program = `
    const { CampaignSender } = await import(${JSON.stringify(pathToFileURL(run.library).href)});
    const sender = new CampaignSender(${JSON.stringify({ ...fixed, ...options, usernames: names })});
    const { end } = await sender.sendAll();
    process.stdout.write(end);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      TIME_ZONE: "UTC",
      X_ACCOUNTS_FILE: join(folder, "x-accounts.json"),
      X_API_BASE_URL: x.address,
      X_ABSENT_AFTER: "10",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (text) => (printed += String(text)));
  const closed = once(child, "close");
  if (lifeMs !== undefined) {
    const over = new AbortController();
    await Promise.race([wait(lifeMs, undefined, { signal: over.signal }).catch(() => undefined), closed]);
    over.abort();
    child.kill("SIGKILL");
  }
  await closed;
  if (child.signalCode === "SIGKILL") return "killed";
  if (child.exitCode !== 0) throw new Error(`a life ended with ${child.exitCode}: ${printed}`);
  return printed;
}

interface Judged {
  readonly x: FakeX;
  readonly names: readonly string[];
  readonly agreed: Agreed;
  readonly run: HeldRun;
  readonly marks: { readonly first: number; readonly atFirst: number; readonly spentAtCap: number };
}

/** Moments at which X was asked to send, whatever came of it. */
function moments(x: FakeX): readonly number[] {
  return x.calls.filter(({ route }) => route === "sendMessage").map(({ at }) => at);
}

/** The calls that sent; each may have reached somebody. */
function asked(x: FakeX): ReadonlySet<number> {
  return new Set(x.calls.filter(({ route }) => route === "sendMessage").map(({ number }) => number));
}

function costs(x: FakeX): number {
  return moments(x).length * (xPrices.message + xPrices.person);
}

function judge({ x, names, agreed, run, marks }: Judged): Omit<HeldVerdict, "kills"> {
  const got = names.map((name) => x.received(name));
  const sent = got.flat().map(({ at }) => at);
  const isOpen = (at: number): boolean =>
    agreed.open.some(([from, to]) => at >= from && at < to + UNDER_WAY_MS);
  // A call that surely sent nothing gives its place back, so messages count and not calls.
  const all = sent.toSorted((a, b) => a - b);
  const inMinute = (from: number): number =>
    all.filter((at) => at >= from && at < from + MINUTE_MS - UNDER_WAY_MS).length;
  return {
    reached: got.filter(({ length }) => length > 0).length,
    atFirst: marks.atFirst,
    spentAtCap: marks.spentAtCap,
    cap: agreed.cap,
    doubled: got.filter(({ length }) => length > 1).length,
    lost: got.filter(({ length }) => length === 0).length,
    beforeItsTime: sent.filter((at) => at < agreed.startAt).length,
    outsideTheWindow: sent.filter((at) => !isOpen(at)).length,
    beforeTheWord: Math.max(0, sent.filter((at) => at < marks.first).length - run.first),
    tooFast: Math.max(0, ...all.map((at) => inMinute(at) - run.perMinute)),
    overspent: Math.max(0, marks.spentAtCap - agreed.cap),
  };
}

/** A small generator that the same seed draws alike. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
