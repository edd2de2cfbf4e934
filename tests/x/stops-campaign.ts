/** `peyk send --channel x`, campaign after campaign, killed and given again, in front of people who write stop. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { CampaignName, StopsRun, StopsVerdict } from "./stops.ts";
import { campaigns, listOf, namesOf, openStopsX, Stops } from "./stops.ts";
import { accessTo, sendsAsked } from "./troubled-x.ts";
import { QUICK_START } from "../support/quick-start.ts";

export interface StopsCliRun extends StopsRun {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
}

/** How the commands ended, beside what X says. */
export interface StopsCliVerdict extends StopsVerdict {
  readonly kills: number;
  readonly exitCodes: readonly (number | null)[];
  readonly errors: string;
}

/** Runs three campaigns one after the other; answers what X says in the end. */
export async function runStops(run: StopsCliRun): Promise<StopsCliVerdict> {
  await using x = await openStopsX(run);
  const folder = await mkdtemp(join(tmpdir(), "peyk-stops-"));
  try {
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
    const stops = new Stops(x);
    const ends: Life[] = [];
    let kills = 0;
    for (const campaign of campaigns) {
      await writeFile(join(folder, `${campaign}.txt`), listOf(run, campaign).join("\n"));
      const planned = campaign === "first" ? 0 : run.kills;
      for (let kill = 0; kill < planned; kill++) {
        const life = live(run, { folder, x, stops, campaign });
        if (!(await diesWhileSending(life, x, run))) break;
        kills++;
        stops.write("during", namesOf(run), 3);
      }
      ends.push(await live(run, { folder, x, stops, campaign }).end);
      stops.write(campaign === "first" ? "before" : "between", namesOf(run), 8);
    }
    const errors = ends.map(({ err }) => err).join("");
    return { kills, exitCodes: ends.map(({ exitCode }) => exitCode), errors, ...stops.judge(run) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Life {
  readonly exitCode: number | null;
  readonly err: string;
}

interface Living {
  readonly folder: string;
  readonly x: FakeX;
  readonly stops: Stops;
  readonly campaign: CampaignName;
}

/** Kills the command after a few more messages; false when it was through before. */
async function diesWhileSending(
  { child, end }: ReturnType<typeof live>,
  x: FakeX,
  run: StopsRun,
): Promise<boolean> {
  const aim = sendsAsked(x) + Math.ceil(run.names / (run.kills + 3));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  while (!isOver() && sendsAsked(x) < aim) await wait(10);
  const died = child.kill("SIGKILL");
  await end;
  return died;
}

function live({ cli, own }: StopsCliRun, { folder, x, stops, campaign }: Living) {
  const words = ["send", "--list", `${campaign}.txt`, "--message", `${campaign}: hello {{username}}`];
  const options = ["--channel", "x", "--task-id", campaign, "--consent", "They asked for it"];
  stops.runBegins();
  const child = spawn(
    process.execPath,
    [
      ...QUICK_START,
      cli,
      ...words,
      ...options,
      "--concurrency",
      "8",
      "--max-per-account",
      "1000",
      "--no-guard-rails",
    ],
    {
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", ...accessTo(x, folder, own) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let err = "";
  child.stderr.on("data", (text) => (err += String(text)));
  const end = once(child, "close").then((): Life => ({ exitCode: child.exitCode, err }));
  return { child, end };
}
