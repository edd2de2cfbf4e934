/** `peyk send --channel x` in front of a fake X on a bad day, killed with SIGKILL and given again until it is through. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { TroubledRun, XJudgement } from "./troubled-x.ts";
import {
  KILLED,
  accessTo,
  aimOf,
  exportedResults,
  judge,
  namesOf,
  openTroubledX,
  sendsAsked,
} from "./troubled-x.ts";
import { QUICK_START } from "../support/quick-start.ts";

export interface XKillRun extends TroubledRun {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
  readonly onLife?: (life: number) => void;
}

/** What X says, and how the command ended. */
export interface XVerdict extends XJudgement {
  readonly kills: number;
  readonly exitCode: number | null;
  /** What was complained of, each once. */
  readonly errors: readonly string[];
}

/** Runs the command through all its deaths; answers what X says in the end. */
export async function runKilledX(run: XKillRun): Promise<XVerdict> {
  await using x = await openTroubledX(run);
  const folder = await mkdtemp(join(tmpdir(), "peyk-kill-x-"));
  try {
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
    await writeFile(join(folder, "people.txt"), namesOf(run).join("\n"));
    let kills = 0;
    const lives: Life[] = [];
    while (kills < run.kills) {
      const life = await live(run, folder, x, aimOf(run, kills + 1));
      lives.push(life);
      if (!life.wasKilled) break;
      kills += 1;
      run.onLife?.(kills);
    }
    lives.push(await live(run, folder, x));
    const results = await exportedResults(run.cli, folder, accessTo(x, folder, run.own));
    const errors = [...new Set(lives.map(({ err }) => err).filter((err) => err !== ""))];
    return { kills, ...judge(x, results), exitCode: lives.at(-1)?.exitCode ?? null, errors };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Life {
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
  readonly err: string;
}

async function live(run: XKillRun, folder: string, x: FakeX, killAt?: number): Promise<Life> {
  const words = ["send", "--list", "people.txt", "--message", "Hello {{username}}", "--channel", "x"];
  const options = ["--task-id", KILLED, "--consent", "They asked for it", "--concurrency", "8", "--json"];
  const { child, life } = peyk(run, folder, x, [...words, ...options, "--max-per-account", "1000"]);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (killAt !== undefined) {
    while (!isOver() && sendsAsked(x) < killAt) await wait(10);
    child.kill("SIGKILL");
  }
  return life;
}

function peyk({ cli, own }: XKillRun, folder: string, x: FakeX, words: readonly string[]) {
  const child = spawn(process.execPath, [...QUICK_START, cli, ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...accessTo(x, folder, own) },
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
