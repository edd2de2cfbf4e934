/** A bot on a bench: the real bot, the embedded Bot API server over a real socket, an application in memory. */
import type { PeykBot, PeykBotOptions } from "../../src/bot/bot-options.ts";
import { createPeykBot } from "../../src/bot/bot.ts";
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
import { isOnPostgres } from "../support/own-store.ts";
import { OPERATOR, SECOND_OPERATOR, STRANGER } from "./chat.ts";
import type { BenchChat, Documents } from "./bench-chat.ts";
import { openChatInDatabase } from "./chat-in-database.ts";
import { openChatInFolder } from "./chat-in-folder.ts";
import { strangersOn } from "./persian-screens.ts";

export interface BotBench extends AsyncDisposable {
  readonly app: FakeApp;
  /** Who did what, as it was recorded. */
  readonly history: HistoryStore;
  readonly world: Playground["world"];
  readonly words: Words;
  readonly documents: Documents;
  /** Lines the bot logged. */
  readonly logged: string[];
  /** What the bot keeps. */
  readonly kept: Pick<
    BenchChat,
    "sent" | "written" | "uploaded" | "ageUploads" | "putUpload" | "putUpdate" | "setAside"
  >;
  /** Stops the bot and starts a new one on the same documents, as a restart of the process does. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Settles as the bot's listening does. */
  running(): Promise<void>;
  /** Takes the Bot API away, as a lost network does. */
  cutOff(): Promise<void>;
}

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
  const kept = await (isOnPostgres() ? openChatInDatabase() : openChatInFolder());
  const theTeam = await openTeam({ team, operatorIds: [OPERATOR, SECOND_OPERATOR], clock });
  const app = createFakeApp(clock, theTeam, kept.sent);
  const history = createMemoryHistory();
  const recorded = options.app ?? recordedApp(app, { history, clock, actor: { kind: "peyk" } });
  const logged: string[] = [];
  const note = (fields: object, text: string): void => void logged.push(`${text} ${JSON.stringify(fields)}`);
  const create = async (): Promise<PeykBot> =>
    createPeykBot({
      ...(await kept.open()),
      ...(options.sample ? { sample: options.sample } : {}),
      token: playground.token,
      apiRoot: playground.apiRoot,
      app: recorded,
      defaultLocale: locale,
      timeZone: "Asia/Tehran",
      keepFile: async ({ name }) => `exports/${name}`,
      clock: options.botClock ?? clock,
      paceMs: options.paceMs ?? 5,
      log: { info: () => undefined, warn: note, error: note },
    });
  let bot = await create();
  let running = bot.start();
  running.catch(() => undefined);
  let starts = 1;
  await listening(playground.world, starts);
  const stop = async (): Promise<void> => {
    await bot.stop();
    await running.catch(() => undefined);
    await kept.close();
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
    get documents() {
      return kept.documents;
    },
    logged,
    kept,
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
      await kept[Symbol.asyncDispose]();
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
