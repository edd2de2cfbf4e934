/**
 * A campaign through X from the chat, in front of a fake X on a bad day: the whole program, driven as its page drives
 * it, killed with SIGKILL and started again until the chat says that the campaign is through.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { ChatOperator } from "../cli/chat-operator.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { freePort, startProgram } from "../support/running-program.ts";
import type { TroubledRun, XJudgement } from "./troubled-x.ts";
import {
  KILLED,
  accessTo,
  aimOf,
  exportedResults,
  judge,
  namesOf,
  openTroubledX,
  refusedAsLocked,
  sendsAsked,
} from "./troubled-x.ts";

export interface ChatXRun extends TroubledRun {
  /** `main.ts`, with the command beside it. */
  readonly program: Compiled;
  readonly onLife?: (life: number) => void;
}

/** What X says, and what the operator was told at the end. */
export interface ChatXVerdict extends XJudgement {
  readonly kills: number;
  readonly told: string;
}

/** Runs the program through all its deaths; answers what X says in the end. */
export async function runKilledChat(run: ChatXRun): Promise<ChatXVerdict> {
  await using x = await openTroubledX(run);
  const folder = await mkdtemp(join(tmpdir(), "peyk-chat-x-"));
  await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
  const port = await freePort();
  const settings = {
    DATA_DIR: join(folder, "data"),
    WEB_PORT: String(port),
    LOG_LEVEL: "silent",
    ...accessTo(x, folder),
  };
  let running = await startProgram(run.program, settings);
  const operator = new ChatOperator(running.pageUrl);
  try {
    await operator.write("/start");
    await beginInChat(operator, { id: KILLED, names: namesOf(run), message: "Hello {{username}}" });
    for (let kill = 1; kill <= run.kills; kill += 1) {
      while (sendsAsked(x) < aimOf(run, kill)) await wait(10);
      while (!(await isDoneWithLocked(x, settings.DATA_DIR))) await wait(10);
      while (!(await knowsWindows(settings.DATA_DIR))) await wait(10);
      await running.kill();
      run.onLife?.(kill);
      running = await startProgram(run.program, settings);
    }
    const told = await toldAtTheEnd(operator);
    await running.stop();
    const results = await exportedResults(x, join(dirname(run.program.path), "peyk-cli.js"), folder);
    return { kills: run.kills, ...judge(x, results), told };
  } finally {
    await running.kill();
    await rm(folder, { recursive: true });
  }
}

const lineSchema = z.object({ t: z.string(), r: z.number().optional(), a: z.string().optional() });

/**
 * True when the locked account was told so and sends nothing more by Peyk's journal. What it was sending when the process
 * died would be left to the operator, more than a minute later: X can't be asked about it.
 */
async function isDoneWithLocked(x: FakeX, data: string): Promise<boolean> {
  const journal = await readFile(join(data, "campaigns", KILLED, "journal.jsonl"), "utf8");
  const open = new Map<number | undefined, string | undefined>();
  for (const line of journal.slice(0, journal.lastIndexOf("\n")).split("\n")) {
    const { t, r, a } = lineSchema.parse(JSON.parse(line));
    if (t === "claim") open.set(r, a);
    else open.delete(r);
  }
  return refusedAsLocked(x) > 0 && ![...open.values()].includes("locked");
}

/**
 * True when it is on disk that this X's windows are not those that X publishes: a process that died before it learned so
 * would have the next one wait for a quarter of an hour, as it must.
 */
async function knowsWindows(data: string): Promise<boolean> {
  const limits = await readFile(join(data, "x-limits.json"), "utf8").catch(() => "");
  return ["steady", "slow"].every((account) => limits.includes(`"${account}"`));
}

export interface ChatCampaign {
  readonly id: string;
  readonly names: readonly string[];
  /** With `{{username}}` in it. */
  readonly message: string;
}

/** Has the operator start a campaign through X, from `/new` to the last button. */
export async function beginInChat(
  operator: ChatOperator,
  { id, names, message }: ChatCampaign,
): Promise<void> {
  await operator.looksAhead();
  await operator.write(`/new ${id}`);
  await operator.seesText(id);
  await operator.write(names.join("\n"));
  await operator.press("button-continue");
  await operator.seesText("{{username}}");
  await operator.write(message);
  await operator.press("channel-x");
  await operator.press("button-limit-none");
  await operator.press("button-continue");
  await operator.seesText(message.replace("{{username}}", "person_"));
  await operator.press("button-continue");
  await operator.seesText("newsletter");
  await operator.write("They asked for it at our stand in May.");
  await operator.press("button-start");
}

/** How often the operator looks for the end, a minute each time: a doubt that nobody can settle is asked about that long. */
const LOOKS = 3;

async function toldAtTheEnd(operator: ChatOperator): Promise<string> {
  const end = operator.words.say("summary-finished", { id: KILLED }).replaceAll(/<[^>]+>/g, "");
  for (let look = 1; ; look += 1)
    try {
      return (await operator.seesText(end)).text ?? "";
    } catch (error) {
      if (look === LOOKS) throw error;
    }
}
