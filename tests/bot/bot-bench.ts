/** A bot on a bench: the real bot, the embedded Bot API server over a real socket, an application in memory. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Message, Update } from "grammy/types";
import type { PeykBot, PeykBotOptions } from "../../src/bot/bot-options.ts";
import { createPeykBot } from "../../src/bot/bot.ts";
import type { Document, DocumentDescription } from "../../src/bot/documents.ts";
import {
  alertsDocument,
  toldAnswersDocument,
  draftsDocument,
  savedTextsDocument,
  conversationsDocument,
  leadMessagesDocument,
  operatorSettingsDocument,
  heardDocument,
  progressDocument,
} from "../../src/bot/documents.ts";
import type { UpdateSpool } from "../../src/bot/intake/update-spool.ts";
import { UploadFolder } from "../../src/lib/files/upload-folder.ts";
import { openUpdateSpool } from "../../src/bot/intake/spool-file.ts";
import type { Locale } from "../../src/words/locale.ts";
import type { Words } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { App } from "../../src/app/app.ts";
import { recordedApp } from "../../src/app/history/recorded-app.ts";
import type { HistoryStore } from "../../src/storage/ports/history.ts";
import { openTeam } from "../../src/app/team/team.ts";
import { createMemoryTeam } from "../support/memory-team.ts";
import { createMemoryHistory } from "../support/memory-history.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import type { Playground } from "../../src/playground/playground.ts";
import type { FakeApp } from "../support/fake-app/fake-app.ts";
import { createFakeApp } from "../support/fake-app/fake-app.ts";
import { strangersOn } from "./persian-screens.ts";

export const OPERATOR = 1001;
export const SECOND_OPERATOR = 1002;
export const STRANGER = 2002;

export interface BotBench extends AsyncDisposable {
  readonly app: FakeApp;
  /** Who did what, as it was recorded. */
  readonly history: HistoryStore;
  readonly world: Playground["world"];
  readonly words: Words;
  readonly documents: Documents;
  /** Lines the bot logged. */
  readonly logged: string[];
  readonly uploadsDir: string;
  /** What the bot wrote down of the updates it took in. */
  readonly spoolPath: string;
  /** Updates that are not handled any more. */
  readonly setAside: readonly Update[];
  /** Stops the bot and starts a new one on the same documents, as a restart of the process does. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Settles as the bot's listening does. */
  running(): Promise<void>;
  /** Takes the Bot API away, as a lost network does. */
  cutOff(): Promise<void>;
}

type Documents = Pick<
  PeykBotOptions,
  | "settings"
  | "progress"
  | "heard"
  | "leadMessages"
  | "alerts"
  | "toldAnswers"
  | "drafts"
  | "texts"
  | "conversations"
>;

export interface BenchOptions {
  readonly locale?: Locale;
  readonly clock?: Clock;
  readonly paceMs?: number;
  readonly sample?: PeykBotOptions["sample"];
  /** The bot's own clock, where its waits are not the people's. */
  readonly botClock?: Clock;
  /** The program's own application, in place of the one in memory. */
  readonly app?: App;
}

/** Tells no moment twice: what a test does one after another never seems to be done at once, however fast the machine is. */
function createTellingClock(): Clock {
  let last = 0;
  return { ...systemClock, now: () => (last = Math.max(last + 1, systemClock.now())) };
}

/** A clock on which every wait is over in a moment. */
export const hastyClock: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 5), signal),
};

/** Opens the bench with a started bot. */
export async function openBench(options: BenchOptions = {}): Promise<BotBench> {
  const { locale = "en", clock = createTellingClock() } = options;
  const playground = await openPlayground({ port: 0, persons: people(locale), clock, limits: "off" });
  const team = createMemoryTeam();
  const app = createFakeApp(clock, await openTeam({ team, operatorIds: [OPERATOR, SECOND_OPERATOR], clock }));
  const history = createMemoryHistory();
  const recorded = options.app ?? recordedApp(app, { history, clock, actor: { kind: "peyk" } });
  const logged: string[] = [];
  const uploadsDir = mkdtempSync(join(tmpdir(), "peyk-uploads-"));
  const documents: Documents = {
    settings: inMemory(operatorSettingsDocument),
    progress: inMemory(progressDocument),
    heard: inMemory(heardDocument),
    leadMessages: inMemory(leadMessagesDocument),
    alerts: inMemory(alertsDocument),
    toldAnswers: inMemory(toldAnswersDocument),
    drafts: inMemory(draftsDocument),
    texts: inMemory(savedTextsDocument),
    conversations: inMemory(conversationsDocument),
  };
  const note = (fields: object, text: string): void => void logged.push(`${text} ${JSON.stringify(fields)}`);
  const spoolPath = join(uploadsDir, "..", `${basename(uploadsDir)}-updates.jsonl`);
  const setAside: Update[] = [];
  let spool: UpdateSpool | undefined;
  const create = async (): Promise<PeykBot> => {
    spool = await openUpdateSpool(spoolPath);
    return createPeykBot({
      ...documents,
      ...(options.sample ? { sample: options.sample } : {}),
      token: playground.token,
      apiRoot: playground.apiRoot,
      app: recorded,
      defaultLocale: locale,
      timeZone: "Asia/Tehran",
      uploads: new UploadFolder(uploadsDir),
      keepFile: async ({ name }) => `exports/${name}`,
      clock: options.botClock ?? clock,
      paceMs: options.paceMs ?? 5,
      log: { info: () => undefined, warn: note, error: note },
      spool,
      keepAside: async (update) => {
        setAside.push(update);
        return "aside.jsonl";
      },
    });
  };
  let bot = await create();
  let running = bot.start();
  running.catch(() => undefined);
  let starts = 1;
  await listening(playground.world, starts);
  const stop = async (): Promise<void> => {
    await bot.stop();
    await running.catch(() => undefined);
    await spool?.[Symbol.asyncDispose]();
  };
  const start = async (): Promise<void> => {
    bot = await create();
    await bot.bindLeftOver();
    running = bot.start();
    await listening(playground.world, (starts += 1));
  };
  return {
    app,
    history,
    world: playground.world,
    words: createLexicon({ clock, timeZone: "Asia/Tehran" })[locale],
    documents,
    logged,
    uploadsDir,
    spoolPath,
    setAside,
    stop,
    start,
    running: () => running,
    cutOff: async () => playground[Symbol.asyncDispose](),
    async restart() {
      await stop();
      await start();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      const readers = locale === "fa" ? [OPERATOR, SECOND_OPERATOR, STRANGER] : [];
      const strangers = readers.flatMap((id) => strangersOn(playground.world.messages(id)));
      await playground[Symbol.asyncDispose]();
      app[Symbol.dispose]();
      rmSync(uploadsDir, { recursive: true, force: true });
      rmSync(spoolPath, { force: true });
      if (strangers.length > 0) throw new Error(`not Persian:\n${strangers.join("\n")}`);
    },
  };
}

function people(languageCode: Locale): Parameters<typeof openPlayground>[0]["persons"] {
  return [
    { id: OPERATOR, firstName: "Sara", username: "sara_op", languageCode, role: "operator" },
    { id: SECOND_OPERATOR, firstName: "Reza", username: "reza_op", languageCode: "fa", role: "operator" },
    { id: STRANGER, firstName: "Nima", username: "nima_s", languageCode, role: "stranger" },
  ];
}

/** Waits for the bot to listen; a stop before that would meet a bot that is only just getting up. */
async function listening(world: BotBench["world"], starts: number): Promise<void> {
  while (world.calls().filter((call) => call.method === "deleteWebhook").length < starts)
    await new Promise((resolve) => setImmediate(resolve));
}

/** A document that forgets with its test; values pass through JSON, as they do on disk. */
function inMemory<T>({ initial, schema }: DocumentDescription<T>): Document<T> {
  let value = initial;
  return {
    get: () => value,
    async update(change) {
      value = schema.parse(JSON.parse(JSON.stringify(change(value))));
    },
  };
}

/** One person's chat with the bot, as the person lives it. */
export class Chat {
  readonly #bench: Pick<BotBench, "world">;
  readonly #person: number;
  #since = 0;

  constructor(bench: Pick<BotBench, "world">, person: number = OPERATOR) {
    this.#bench = bench;
    this.#person = person;
  }

  /** The bot's messages as they stand, oldest first. */
  get fromBot(): readonly Message[] {
    return this.#bench.world.messages(this.#person).filter((one) => one.from?.is_bot);
  }

  get texts(): string[] {
    return this.fromBot.map(textOf);
  }

  /** Writes a text; answers the bot's first message after it that contains `seen`. */
  async say(text: string, seen: string): Promise<Message> {
    this.#mark();
    this.#bench.world.sendText(this.#person, text);
    return this.sees(seen);
  }

  async sendFile(name: string, content: string | Uint8Array, seen: string): Promise<Message> {
    this.#mark();
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.#bench.world.sendDocument(this.#person, { name, bytes });
    return this.sees(seen);
  }

  /** Presses the button of that label, on the newest message that has it by then, and answers what the press showed. */
  async press(label: string): Promise<string | undefined> {
    const hasIt = (one: Message): boolean => one.from?.is_bot === true && dataOf(one, label) !== undefined;
    // What was waited for may stand in an alert too, which comes before the message with the buttons.
    const first = await this.#bench.world.waitFor(this.#person, hasIt);
    return this.pressOn(this.fromBot.findLast(hasIt) ?? first, label);
  }

  async pressOn(message: Message, label: string): Promise<string | undefined> {
    this.#mark();
    const answer = await this.#bench.world.press(
      this.#person,
      message.message_id,
      dataOf(message, label) ?? "",
    );
    if (answer.unanswered) throw new Error(`nobody answered the press on "${label}"`);
    return answer.text;
  }

  /** Presses and answers the bot's first message after it that contains `seen`. */
  async pressFor(label: string, seen: string): Promise<Message> {
    await this.press(label);
    return this.sees(seen);
  }

  /** Waits for a message of the bot after the last thing this person did. */
  async sees(part: string): Promise<Message> {
    return this.#bench.world.waitFor(
      this.#person,
      (one) => one.from?.is_bot === true && one.message_id > this.#since && textOf(one).includes(part),
    );
  }

  /** Waits until any message of the bot contains this, new or edited; `options` are for what takes long by its nature. */
  async finds(part: string, options?: { timeoutMs: number }): Promise<Message> {
    return this.#bench.world.waitFor(
      this.#person,
      (one) => one.from?.is_bot === true && textOf(one).includes(part),
      options,
    );
  }

  #mark(): void {
    this.#since = this.#bench.world.messages(this.#person).at(-1)?.message_id ?? 0;
  }
}

/** What a message says, its caption or the name of its file. */
export function textOf(message: Message | undefined): string {
  return message?.text ?? message?.caption ?? message?.document?.file_name ?? "";
}

/** Labels of a message's buttons, row by row. */
export function labelsOf(message: Message): string[] {
  return (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text);
}

function dataOf(message: Message, label: string): string | undefined {
  const button = (message.reply_markup?.inline_keyboard ?? []).flat().find((one) => one.text === label);
  return button && "callback_data" in button ? button.callback_data : undefined;
}

/** A sentence as it arrives in the chat: its tags have become formatting. */
export function arrived(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
