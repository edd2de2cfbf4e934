/**
 * A campaign to subscribers by the real program, over the embedded Bot API server with its limits on: started from the
 * chat, watched by an impatient operator, left by some in the middle. What arrived is judged by the server alone.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Person, Playground } from "../../src/playground/playground.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import { Chat, arrived } from "../bot/chat.ts";
import { middayZone } from "../support/midday.ts";
import { putSubscribers } from "../support/put-subscribers.ts";
import type { Settings } from "../support/stored.ts";

export interface SubscriberRun {
  /** Path of the compiled `main.js`. */
  readonly main: string;
  readonly subscribers: number;
  /** How many say stop while it runs. */
  readonly leavers: number;
  /** How long the operator reads the plan before Start, in ms: the dialogue itself is typed at a machine's speed. */
  readonly readingMs: number;
  /** What the program is told of a store of its own; absent: it keeps everything in a folder. */
  readonly own?: Settings;
}

/** What the server saw. */
export interface SubscriberVerdict {
  readonly subscribers: number;
  readonly delivered: number;
  readonly doubled: number;
  /** Subscribed to the end and not written to. */
  readonly lost: number;
  /** Said stop, read that they are out, and got the message after that. */
  readonly writtenAfterStop: number;
  readonly leavers: number;
  /** Of them, out before their turn. */
  readonly spared: number;
  readonly tooMany: number;
  readonly statusAnswers: number;
  readonly slowestStatusMs: number;
  readonly medianStatusMs: number;
  readonly seconds: number;
}

const OPERATOR: Person = {
  id: 1001,
  firstName: "Sara",
  username: "sara",
  languageCode: "en",
  role: "operator",
};
const FIRST_ID = 10_000;
/** What the campaign says. */
export const TEXT = "Hello, spring is here.";
/** How often the operator asks how it goes. */
const STATUS_EVERY_MS = 3000;

const words = createLexicon({ clock: systemClock, timeZone: "UTC" }).en;
const said = (id: string, variables: SentenceVariables = {}): string =>
  arrived(words.say(id, variables)).split("\n")[0] ?? "";

/** Runs the campaign to its end. */
export async function runSubscriberCampaign(run: SubscriberRun): Promise<SubscriberVerdict> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-subscribers-"));
  await using playground = await openPlayground({
    port: 0,
    persons: [OPERATOR, ...crowd(run)],
    clock: systemClock,
  });
  await subscribeAll(playground, join(folder, "data"), run);
  const program = startMain(run, playground, folder);
  try {
    const { world } = playground;
    const ended = died(program);
    while (!world.calls().some(({ method }) => method === "getUpdates"))
      await Promise.race([wait(20), ended]);
    const chat = new Chat({ world }, OPERATOR.id);
    await prepareSubscriberCampaign(chat, run.subscribers);
    await wait(run.readingMs);
    const startedAt = Date.now();
    await chat.pressFor(words.plain("button-start"), said("started", { id: "spring" }));
    const end = chat.finds(said("summary-finished", { id: "spring" }), { timeoutMs: 600_000 });
    const watch = { isOver: false };
    const [waits, left] = await Promise.all([
      askForStatus(chat, watch),
      letSomeLeave(playground, run, watch),
      end.finally(() => (watch.isOver = true)),
    ]);
    return judge(playground, run, { left, waits, seconds: (Date.now() - startedAt) / 1000 });
  } finally {
    program.kill("SIGTERM");
    await once(program, "exit");
    await rm(folder, { recursive: true, force: true });
  }
}

function crowd({ subscribers }: SubscriberRun): Person[] {
  return Array.from({ length: subscribers }, (_, index) => ({
    id: FIRST_ID + index,
    firstName: `P${index}`,
    ...(index % 10 === 0 ? {} : { username: `person_${index}` }),
    languageCode: "en",
    role: "stranger",
  }));
}

/** They pressed Start on an earlier day: the chats are there, and so are the subscriptions. */
async function subscribeAll(
  { world, apiRoot, token }: Playground,
  dataDir: string,
  run: SubscriberRun,
): Promise<void> {
  await mkdir(dataDir, { mode: 0o700 });
  const people = crowd(run);
  await putSubscribers({ dataDir, own: run.own ?? {} }, people);
  for (const { id } of people) world.sendText(id, "/start");
  await fetch(`${apiRoot}/bot${token}/deleteWebhook?drop_pending_updates=true`);
}

function startMain(
  { main, own }: SubscriberRun,
  { token, apiRoot }: Playground,
  folder: string,
): ChildProcess {
  return spawn(process.execPath, [main], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      ...own,
      BOT_TOKEN: token,
      TELEGRAM_API_ROOT: apiRoot,
      OPERATOR_IDS: String(OPERATOR.id),
      TIME_ZONE: middayZone(),
      WEB_PORT: "0",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Rejects when the program ends before it was asked to; whoever stops waiting need not hear of it. */
function died(program: ChildProcess): Promise<never> {
  const ended = once(program, "exit").then(() => {
    throw new Error("the program ended");
  });
  ended.catch(() => undefined);
  return ended;
}

/** Goes through the dialogue up to the question whether to start. */
export async function prepareSubscriberCampaign(chat: Chat, count: number): Promise<void> {
  await chat.say("/new spring", said("ask-recipients", { id: "spring" }));
  await chat.pressFor(
    words.plain("button-subscribers", { count }),
    said("report-counts", { read: count, valid: count, duplicates: 0, invalid: 0 }),
  );
  await chat.pressFor(words.plain("button-continue"), said("ask-message", { max: 4096 }));
  await chat.say(TEXT, said("plan-title", { id: "spring" }));
  await chat.pressFor(words.plain("button-continue"), said("preview-title"));
  await chat.pressFor(words.plain("button-continue"), said("ask-consent"));
  await chat.say(
    "They pressed Start on the bot.",
    said("confirm-start", { id: "spring", count: 1, channel: "", consent: "" }),
  );
}

/** Asks again and again; answers how long each answer took, in ms. */
async function askForStatus(chat: Chat, watch: { readonly isOver: boolean }): Promise<number[]> {
  const waits: number[] = [];
  for (;;) {
    await wait(STATUS_EVERY_MS);
    if (watch.isOver) return waits;
    const at = Date.now();
    // Asked in the moment of the end it is answered that nothing is under way any more.
    await Promise.race([chat.say("/status", "spring"), chat.sees(said("status-none"))]);
    waits.push(Date.now() - at);
  }
}

/** Lets people from the far end of the list say stop, one after another; answers who. */
async function letSomeLeave(
  { world }: Playground,
  { subscribers, leavers }: SubscriberRun,
  watch: { readonly isOver: boolean },
): Promise<number[]> {
  const left: number[] = [];
  await wait(1000);
  for (let index = 0; index < leavers && !watch.isOver; index += 1) {
    const id = FIRST_ID + subscribers - 1 - index * 3;
    world.sendText(id, "/stop");
    await world.waitFor(id, (one) => one.text === said("unsubscribed"));
    left.push(id);
  }
  return left;
}

interface Seen {
  readonly left: readonly number[];
  readonly waits: readonly number[];
  readonly seconds: number;
}

function judge({ world }: Playground, run: SubscriberRun, { left, waits, seconds }: Seen): SubscriberVerdict {
  const inboxes = crowd(run).map(({ id }) => ({
    id,
    got: world.messages(id).filter((one) => one.from?.is_bot),
  }));
  const times = inboxes.map(({ id, got }) => ({ id, count: got.filter(({ text }) => text === TEXT).length }));
  const gone = new Set(left);
  const lateFor = inboxes.filter(({ id, got }) => gone.has(id) && got.at(-1)?.text === TEXT);
  return {
    subscribers: run.subscribers,
    delivered: times.reduce((sum, { count }) => sum + count, 0),
    doubled: times.filter(({ count }) => count > 1).length,
    lost: times.filter(({ id, count }) => count === 0 && !gone.has(id)).length,
    writtenAfterStop: lateFor.length,
    leavers: left.length,
    spared: times.filter(({ id, count }) => count === 0 && gone.has(id)).length,
    tooMany: world.calls().filter(({ status }) => status === 429).length,
    statusAnswers: waits.length,
    slowestStatusMs: Math.max(0, ...waits),
    medianStatusMs: waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0,
    seconds,
  };
}
