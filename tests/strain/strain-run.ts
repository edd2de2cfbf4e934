/**
 * The whole program under strain, judged from outside: a campaign to subscribers runs while one operator's answers are
 * slow, another's download trickles, a third's upload hangs, a fourth is flooded, a fifth sends hostile files, one person
 * writes without end and newcomers stream in. Meanwhile people say /stop and the first operator pauses and resumes.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../src/lib/clock.ts";
import type { Person, Playground } from "../../src/playground/playground.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { Chat, arrived } from "../bot/chat.ts";
import { seededRandom } from "../support/loopback-server.ts";
import { putSubscribers } from "../support/put-subscribers.ts";
import { freePort } from "../support/running-program.ts";
import type { Settings } from "../support/stored.ts";
import { TEXT, prepareSubscriberCampaign } from "../telegram/subscriber-campaign.ts";
import type { HostileFile } from "./hostile-lists.ts";
import type { Watched } from "./watched-program.ts";
import { watchProgram } from "./watched-program.ts";
import type { TroubledTelegram } from "./troubled-telegram.ts";
import { openTroubledTelegram } from "./troubled-telegram.ts";
import type { Pause, Stop, StrainVerdict } from "./verdict.ts";
import { judge } from "./verdict.ts";
import { middayZone } from "../support/midday.ts";

export interface StrainRun {
  /** Path of the compiled `main.js`. */
  readonly main: string;
  readonly seed: number;
  /** What the program is told of a store of its own; absent: it keeps everything in a folder. */
  readonly own?: Settings;
  readonly subscribers: number;
  /** How many say stop while everything goes on. */
  readonly leavers: number;
  readonly newcomers: number;
  /** Messages of the one person who writes without end. */
  readonly talk: number;
  readonly hostile: readonly HostileFile[];
  /** How long an answer, a download and an upload take, in ms, and for how long a chat is flooded, in s. */
  readonly answerMs: number;
  readonly downloadMs: number;
  readonly uploadMs: number;
  readonly floodS: number;
}

const CALM = operator(1001);
const SLOW_ANSWERS = operator(1002);
const SLOW_DOWNLOAD = operator(1003);
const SLOW_UPLOAD = operator(1004);
const FLOODED = operator(1005);
const HOSTILE = operator(1006);
const OPERATORS = [CALM, SLOW_ANSWERS, SLOW_DOWNLOAD, SLOW_UPLOAD, FLOODED, HOSTILE];
const TALKER = 9000;
const FIRST_ID = 10_000;
const FIRST_NEWCOMER = 1_000_000;
/** What may still be under way when everything is over. */
const AFTERMATH_MS = 2000;
const PAUSE_EVERY_MS = 4000;
const PAUSED_FOR_MS = 1500;

const words = createLexicon({ clock: systemClock, timeZone: "UTC" }).en;
const said = (id: string, variables: SentenceVariables = {}): string =>
  arrived(words.say(id, variables)).split("\n")[0] ?? "";

const ENDED = said("summary-finished", { id: "spring" });

function operator(id: number): Person {
  return { id, firstName: `Op${id}`, username: `op_${id}`, languageCode: "en", role: "operator" };
}

function stranger(id: number): Person {
  return { id, firstName: `P${id}`, username: `person_${id}`, languageCode: "en", role: "stranger" };
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Runs it once; takes a little longer than the slowest trouble and the hostile files together. */
export async function runStrain(run: StrainRun): Promise<StrainVerdict> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-strain-"));
  await using playground = await openPlayground({ port: 0, persons: personsOf(run), clock: systemClock });
  await using telegram = await openTroubledTelegram(playground.apiRoot);
  await subscribeAll(playground, join(folder, "data"), run);
  const port = await freePort();
  const program = await watchProgram({
    main: run.main,
    folder,
    health: `http://127.0.0.1:${port}/health`,
    own: run.own ?? {},
    env: {
      BOT_TOKEN: playground.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      OPERATOR_IDS: OPERATORS.map(({ id }) => id).join(","),
      TIME_ZONE: middayZone(),
      WEB_PORT: String(port),
    },
  });
  try {
    const strain = new Strain(run, { playground, telegram, program });
    return await strain.run();
  } finally {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function personsOf({ subscribers, newcomers }: StrainRun): Person[] {
  return [
    ...OPERATORS,
    stranger(TALKER),
    ...many(subscribers, (index) => stranger(FIRST_ID + index)),
    ...many(newcomers, (index) => stranger(FIRST_NEWCOMER + index)),
  ];
}

/** They pressed Start on an earlier day. */
async function subscribeAll(
  { world, apiRoot, token }: Playground,
  dataDir: string,
  { subscribers, own = {} }: StrainRun,
): Promise<void> {
  await mkdir(dataDir, { mode: 0o700 });
  const people = many(subscribers, (index) => stranger(FIRST_ID + index));
  await putSubscribers({ dataDir, own }, people);
  for (const { id } of people) world.sendText(id, "/start");
  await fetch(`${apiRoot}/bot${token}/deleteWebhook?drop_pending_updates=true`);
}

interface Scene {
  readonly playground: Playground;
  readonly telegram: TroubledTelegram;
  readonly program: Watched;
}

/** One run, from the start of the campaign to the verdict. */
class Strain {
  readonly #run: StrainRun;
  readonly #scene: Scene;
  readonly #random: () => number;
  readonly #stops: Stop[] = [];
  readonly #pauses: Pause[] = [];
  readonly #files: (number | undefined)[] = [];
  #isOver = false;

  constructor(run: StrainRun, scene: Scene) {
    this.#run = run;
    this.#scene = scene;
    this.#random = seededRandom(run.seed);
  }

  async run(): Promise<StrainVerdict> {
    const { playground, program, telegram } = this.#scene;
    const chat = new Chat(playground, CALM.id);
    await program.listens(playground);
    await prepareSubscriberCampaign(chat, this.#run.subscribers);
    await chat.pressFor(words.plain("button-start"), said("started", { id: "spring" }));
    const startedAt = Date.now();
    this.#begin();
    const troubles = this.#troubles();
    const watching = [this.#stopping(), this.#pausing(chat), this.#newcomers(), this.#talk()];
    await Promise.all([troubles, this.#sendHostile()]);
    this.#isOver = true;
    await Promise.all(watching);
    await wait(AFTERMATH_MS);
    return {
      ...judge({
        text: TEXT,
        calls: playground.world.calls(),
        arrivals: telegram.arrivals,
        stops: this.#stops,
        heard: await program.heardStops(),
        pauses: this.#pauses,
        files: this.#files,
      }),
      deaths: program.deaths(),
      slowestHealthMs: program.slowestHealthMs(),
      slowestHealthOwnMs: program.slowestHealthOwnMs(),
      peakMb: program.peakMb(),
      peakHelperMb: program.peakHelperMb(),
      seconds: (Date.now() - startedAt) / 1000,
    };
  }

  /** From here on the four chats are in trouble; each has something to say to the program. */
  #begin(): void {
    const { answerMs, downloadMs, uploadMs, floodS } = this.#run;
    const { telegram, playground } = this.#scene;
    // A size that no other file has.
    const bytes = 400_000 + this.#run.seed;
    telegram.troubles = {
      slowAnswers: { chat: SLOW_ANSWERS.id, holdMs: answerMs },
      slowDownload: { bytes, overMs: downloadMs },
      slowUpload: { chat: SLOW_UPLOAD.id, holdMs: uploadMs },
      flood: { chat: FLOODED.id, retryAfter: floodS },
    };
    const { world } = playground;
    for (const { id } of [SLOW_ANSWERS, FLOODED]) {
      world.sendText(id, "/status");
      world.sendText(id, `/new of_${id}`);
      world.sendText(id, "@ali @sara");
    }
    world.sendText(SLOW_UPLOAD.id, "/report spring");
    world.sendText(SLOW_DOWNLOAD.id, "/new slow_one");
    const name = `@${"a".repeat(14)}\n`;
    const list = Buffer.alloc(bytes, name);
    world.sendDocument(SLOW_DOWNLOAD.id, { name: "slow.txt", bytes: list });
  }

  /** As long as the slowest of them. */
  async #troubles(): Promise<void> {
    const { answerMs, downloadMs, uploadMs } = this.#run;
    await wait(Math.max(answerMs, downloadMs, uploadMs) + 2000);
  }

  /** From the far end of the list, each at a moment of chance. */
  async #stopping(): Promise<void> {
    const { subscribers, leavers } = this.#run;
    const answers: Promise<void>[] = [];
    for (let index = 0; index < leavers && !this.#isOver; index += 1) {
      await wait(100 + this.#random() * 600);
      answers.push(this.#stop(FIRST_ID + subscribers - 1 - index));
    }
    await Promise.all(answers);
  }

  async #stop(id: number): Promise<void> {
    const { world } = this.#scene.playground;
    const at = Date.now();
    world.sendText(id, this.#random() < 0.5 ? "/stop" : "stop");
    const answered = await world
      .waitFor(id, (one) => one.text === said("unsubscribed"), { timeoutMs: 120_000 })
      .then(
        () => Date.now() - at,
        () => Infinity,
      );
    this.#stops.push({ id, at, answerMs: answered });
  }

  async #pausing(chat: Chat): Promise<void> {
    // A campaign that ended meanwhile is neither paused nor resumed any more.
    const ended = chat.finds(ENDED, { timeoutMs: 600_000 }).catch(() => undefined);
    while (!this.#isOver && !chat.texts.some((text) => text.includes(ENDED))) {
      await wait(PAUSE_EVERY_MS * (0.5 + this.#random()));
      const at = Date.now();
      await Promise.race([chat.say("/pause spring", said("did-pause")), ended]);
      const answerMs = Date.now() - at;
      await wait(PAUSED_FOR_MS);
      this.#pauses.push({ at, until: Date.now(), answerMs });
      await Promise.race([chat.say("/resume spring", said("did-resume")), ended]);
    }
  }

  /** A stream of them, not a wall: as many a second as fill the time of the troubles. */
  async #newcomers(): Promise<void> {
    const { newcomers, downloadMs } = this.#run;
    const perStep = Math.ceil(newcomers / (downloadMs / 100));
    for (let index = 0; index < newcomers; index += perStep) {
      for (let at = index; at < Math.min(newcomers, index + perStep); at += 1)
        this.#scene.playground.world.sendText(FIRST_NEWCOMER + at, "/start");
      await wait(100);
    }
  }

  async #talk(): Promise<void> {
    await wait(1000);
    for (let index = 0; index < this.#run.talk; index += 1)
      this.#scene.playground.world.sendText(TALKER, `message ${index}`);
  }

  async #sendHostile(): Promise<void> {
    const chat = new Chat(this.#scene.playground, HOSTILE.id);
    for (const file of this.#run.hostile) this.#files.push(await this.#sendOne(chat, file));
  }

  /** A dialogue of its own for each; whatever is said about the file counts. Undefined: nothing was. */
  async #sendOne(chat: Chat, { name, bytes }: HostileFile): Promise<number | undefined> {
    const { world } = this.#scene.playground;
    const id = `h_${this.#files.length}`;
    await chat.say(`/new ${id}`, said("ask-recipients", { id }));
    const at = Date.now();
    const { message_id: sent } = world.sendDocument(HOSTILE.id, { name, bytes });
    const answer = await world
      .waitFor(HOSTILE.id, (one) => one.from?.is_bot === true && one.message_id > sent)
      .catch(() => undefined);
    const tookMs = Date.now() - at;
    await chat.say("/cancel", "");
    return answer && tookMs;
  }
}
