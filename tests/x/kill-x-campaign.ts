/**
 * `peyk send --channel x` in front of a fake X that loses answers, breaks, asks to wait and locks an account, killed with
 * SIGKILL and given again until it is through. X's own record of who received what, and of its windows, is the judge.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { FaultOf } from "../support/fake-x/faults.ts";
import { seededFaults } from "../support/fake-x/faults.ts";
import type { FakePerson } from "../support/fake-x/options.ts";

export interface XKillRun {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
  readonly kills: number;
  readonly names: number;
  /** Messages an account may send in four seconds. */
  readonly perWindow: number;
  readonly seed: number;
  readonly onLife?: (life: number) => void;
}

/** What X says; a good run has zeros from `doubled` on. */
export interface XVerdict {
  readonly kills: number;
  readonly reached: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly exitCode: number | null;
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
  /** What was complained of, each once. */
  readonly errors: readonly string[];
}

/** One message in ten goes wrong on the way, and one account is told once to wait. */
function faultsOf(seed: number): FaultOf {
  const shares = { cutBefore: 0.03, cutAfter: 0.03, brokenAfter: 0.02, unavailable: 0.01, edge: 0.01 };
  const seeded = seededFaults(seed, shares, ["sendMessage"]);
  const waits = { told: false };
  return (call) => {
    if (call.route === "sendMessage" && call.account === "slow" && call.ofRoute > 30 && !waits.told) {
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

/** Runs the command through all its deaths; answers what X says in the end. */
export async function runKilledX(run: XKillRun): Promise<XVerdict> {
  const names = Array.from({ length: run.names }, (_, index) => `person_${index}`);
  await using x = await openFakeX({
    accounts: [
      { name: "steady" },
      { name: "slow" },
      { name: "locked", troubles: [{ atMessage: 3, refusal: "locked" }] },
    ],
    people: peopleOf(names),
    faults: faultsOf(run.seed),
    // Short windows that bind, and enough questions for every doubt that a kill leaves.
    windows: {
      dm: { count: run.perWindow, windowMs: 4000 },
      events: { count: 5000, windowMs: 4000 },
      me: { count: 5000, windowMs: 4000 },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), "peyk-kill-x-"));
  try {
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
    await writeFile(join(folder, "people.txt"), names.join("\n"));
    let kills = 0;
    const lives: Life[] = [];
    while (kills < run.kills) {
      const life = await live(run, folder, x, aimOf(run, kills));
      lives.push(life);
      if (!life.wasKilled) break;
      kills += 1;
      run.onLife?.(kills);
    }
    lives.push(await live(run, folder, x));
    return { kills, ...judge(x, await resultsOf(run, folder, x), lives) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Life {
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
  readonly err: string;
}

/** How many messages X has been asked to send when the process dies: deaths are spread over the whole campaign. */
function aimOf({ kills, names }: XKillRun, life: number): number {
  return Math.ceil(((life + 1) * names * 0.9) / (kills + 1));
}

function sends(x: FakeX): number {
  return x.calls.filter(({ route }) => route === "sendMessage").length;
}

async function live(run: XKillRun, folder: string, x: FakeX, killAt?: number): Promise<Life> {
  const words = ["send", "--list", "people.txt", "--message", "Hello {{username}}", "--channel", "x"];
  const options = ["--task-id", "killed", "--consent", "They asked for it", "--concurrency", "8", "--json"];
  const { child, life } = peyk(run.cli, folder, x, [...words, ...options, "--max-per-account", "1000"]);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (killAt !== undefined) {
    while (!isOver() && sends(x) < killAt) await wait(2);
    child.kill("SIGKILL");
  }
  return life;
}

function peyk(cli: string, folder: string, x: FakeX, words: readonly string[]) {
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      TIME_ZONE: "UTC",
      X_ACCOUNTS_FILE: join(folder, "x-accounts.json"),
      X_API_BASE_URL: x.address,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (text) => (err += String(text)));
  const life = once(child, "close").then((): Life => ({
    wasKilled: child.signalCode === "SIGKILL",
    exitCode: child.exitCode,
    err,
  }));
  return { child, life };
}

const resultsSchema = z.array(
  z.object({ username: z.string(), state: z.string(), account: z.string().optional() }),
);
type Results = z.infer<typeof resultsSchema>;

async function resultsOf(run: XKillRun, folder: string, x: FakeX): Promise<Results> {
  await peyk(run.cli, folder, x, ["export", "killed", "--format", "json", "--out", "results.json"]).life;
  return resultsSchema.parse(JSON.parse(await readFile(join(folder, "results.json"), "utf8")));
}

function judge(x: FakeX, results: Results, lives: readonly Life[]): Omit<XVerdict, "kills"> {
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
    exitCode: lives.at(-1)?.exitCode ?? null,
    lostAnswers: ofMessages.filter(({ fault }) => fault !== undefined).length,
    refusedAsLocked: ofMessages.filter((call) => call.account === "locked" && call.status === 403).length,
    toldToWait: x.throttled().filter(({ fault }) => fault === "answer").length,
    leftToOperator: count(({ isLeftToOperator }) => isLeftToOperator),
    doubled: count(({ got }) => got > 1),
    lost: count((one) => one.isReachable && one.got === 0 && !one.isLeftToOperator),
    unwanted: count((one) => !one.isReachable && one.got > 0),
    misreported: count((one) => !one.isLeftToOperator && (one.state === "sent") !== one.got > 0),
    overruns: x.overruns().length + x.throttled().filter(({ fault }) => fault !== "answer").length,
    errors: [...new Set(lives.map(({ err }) => err).filter((err) => err !== ""))],
  };
}
