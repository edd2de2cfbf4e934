/**
 * A campaign through X from the chat, in front of a fake X on a bad day: the whole program, driven as its page drives
 * it, killed with SIGKILL and started again until the chat says that the campaign is through.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ChatOperator } from "../cli/chat-operator.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { freePort, startProgram } from "../support/running-program.ts";
import type { Where } from "../support/stored.ts";
import { storedJournal } from "../support/on-record.ts";
import { knownXLimits } from "../support/stored.ts";
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
    ...accessTo(x, folder, run.own),
  };
  const where = { dataDir: settings.DATA_DIR, own: run.own ?? {} };
  let running = await startProgram(run.program, settings);
  const operator = new ChatOperator(running.pageUrl);
  try {
    await operator.write("/start");
    await beginInChat(operator, { id: KILLED, names: namesOf(run), message: "Hello {{username}}" });
    for (let kill = 1; kill <= run.kills; kill += 1) {
      while (sendsAsked(x) < aimOf(run, kill)) await wait(10);
      while (!(await isDoneWithLocked(x, where))) await wait(10);
      while (!(await knowsWindows(where))) await wait(10);
      await running.kill();
      run.onLife?.(kill);
      running = await startProgram(run.program, settings);
    }
    const told = await toldAtTheEnd(operator);
    await running.stop();
    const cli = join(dirname(run.program.path), "peyk-cli.js");
    const results = await exportedResults(cli, folder, settings);
    return { kills: run.kills, ...judge(x, results), told };
  } finally {
    await running.kill();
    await rm(folder, { recursive: true });
  }
}

/**
 * True when the locked account was told so and sends nothing more by Peyk's journal. What it was sending when the process
 * died would be left to the operator, more than a minute later: X can't be asked about it.
 */
async function isDoneWithLocked(x: FakeX, where: Where): Promise<boolean> {
  const open = new Map<number | undefined, string | undefined>();
  for (const { t, r, a } of await storedJournal(where, KILLED)) {
    if (t === "claim") open.set(r, a);
    else open.delete(r);
  }
  return refusedAsLocked(x) > 0 && ![...open.values()].includes("locked");
}

/**
 * True when it is on disk that this X's windows are not those that X publishes: a process that died before it learned so
 * would have the next one wait for a quarter of an hour, as it must.
 */
async function knowsWindows(where: Where): Promise<boolean> {
  const known = await knownXLimits(where);
  return ["steady", "slow"].every((account) => known.includes(account));
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
