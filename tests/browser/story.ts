/** What every story told at the page begins with: data of its own, the real program, and an operator who opened the chat. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import type { Locale } from "../../src/words/locale.ts";
import type { Words } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { simulatorConfigSchema } from "../../src/channels/simulator/config.ts";
import { personOf } from "../../src/channels/simulator/population.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Where } from "../support/stored.ts";
import { ownStore } from "../support/own-store.ts";
import { deliveriesIn } from "../support/on-record.ts";
import { compile } from "../support/runner/compiled.ts";
import type { RunningProgram } from "../support/running-program.ts";
import { freePort, prepareData, startProgram } from "../support/running-program.ts";
import { openPage } from "./chromium.ts";
import { Operator, screenshots } from "./operator.ts";

const population = simulatorConfigSchema.parse({
  publishedLimits: [{ kind: "sliding", count: 1, windowMs: 500 }],
  slowLatencyMs: 800,
  timeoutMs: 500,
  throttleMs: 500,
});

const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });

/** Who tells it in which language, and the words on the page's own button. */
const tellers: Record<Locale, { readonly person: string; readonly start: string }> = {
  en: { person: "Sara", start: "Start" },
  fa: { person: "نیما", start: "شروع" },
};

export interface Story extends AsyncDisposable {
  /** Where the program keeps everything. */
  readonly place: Where;
  readonly page: Page;
  readonly words: Words;
  readonly operator: Operator;
  /** Ends the program as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port; the page finds it by itself. */
  startAgain(): Promise<void>;
  /** Asks it to stop; answers its exit code. */
  stop(): Promise<number | null>;
  /** Waits until the simulated people hold so many messages by their own record; answers who got how many. */
  delivered(count: number): Promise<ReadonlyMap<string, number>>;
}

/** Starts the program, opens its page and presses the button that greets a newcomer. */
export async function openStory(browser: Browser, locale: Locale): Promise<Story> {
  const program = await compile("main.ts");
  await mkdir(screenshots, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), "peyk-story-"));
  await prepareData(data, population);
  const at = { DATA_DIR: data, WEB_PORT: String(await freePort()), TIME_ZONE: "Asia/Tehran" };
  const own = await ownStore();
  const settings = { ...at, ...own };
  const life: { running: RunningProgram } = { running: await startProgram(program, settings) };
  const page = await openPage(browser, { viewport: { width: 1000, height: 900 } });
  await page.goto(life.running.pageUrl);
  await page.getByRole("button", { name: tellers[locale].person }).click();
  await page.getByRole("button", { name: tellers[locale].start, exact: true }).click();
  const words = lexicon[locale];
  return {
    place: { dataDir: data, own },
    page,
    words,
    operator: new Operator(page, words),
    kill: () => life.running.kill(),
    async startAgain() {
      life.running = await startProgram(program, settings);
    },
    stop: () => life.running.stop(),
    delivered: (count) => untilDelivered({ dataDir: data, own }, count),
    async [Symbol.asyncDispose]() {
      await page.context().close();
      await life.running.kill();
      await rm(data, { recursive: true });
    },
  };
}

async function untilDelivered(where: Where, count: number): Promise<ReadonlyMap<string, number>> {
  for (;;) {
    const got = new Map<string, number>();
    for (const { username } of await deliveriesIn(where)) got.set(username, (got.get(username) ?? 0) + 1);
    if (got.size >= count) return got;
    await sleep(50);
  }
}

/** Tells whether a simulated person is there and takes messages. */
export function isReachable(name: string): boolean {
  const { habit } = personOf(population, name);
  return habit.kind !== "notFound" && habit.kind !== "refuses";
}
