/**
 * The whole story of a newcomer, in both languages, in a real browser against the real program: a list, a message, a
 * preview, Start, Pause, Resume, a SIGKILL in the middle, a start again, and at the end one message for each name.
 */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLexicon, type Locale, type Words } from "../../src/bot/words.ts";
import { simulatorConfigSchema } from "../../src/channels/simulator/config.ts";
import { personOf } from "../../src/channels/simulator/population.ts";
import { deliveries } from "../../src/channels/simulator/record.ts";
import { systemClock } from "../../src/lib/clock.ts";
import {
  compileProgram,
  freePort,
  prepareData,
  startProgram,
  type Program,
} from "../support/running-program.ts";
import { chromiumPath, launchChromium, whySkipped } from "./chromium.ts";

const population = simulatorConfigSchema.parse({
  publishedLimits: [{ kind: "sliding", count: 1, windowMs: 500 }],
  slowLatencyMs: 800,
  timeoutMs: 500,
  throttleMs: 500,
});

const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });
const screenshots = join(import.meta.dirname, "screenshots");

/** What differs between the two tellings of the story. */
const tellings: Record<
  Locale,
  { person: string; start: string; id: string; message: string; consent: string }
> = {
  en: {
    person: "Sara",
    start: "Start",
    id: "spring-news",
    message: "Hello {{name|friend}}, the spring list is here.",
    consent: "They signed up for the newsletter in May.",
  },
  fa: {
    person: "نیما",
    start: "شروع",
    id: "khabar-bahar",
    message: "سلام {{name|دوست عزیز}}، فهرست بهار رسید.",
    consent: "در اردیبهشت برای خبرنامه ثبت‌نام کرده‌اند.",
  },
};

const names = Array.from({ length: 100 }, (_, index) => `guest_${index + 1}`);
const list = `\uFEFFusername;name\n${names.map((name, index) => `@${name.toUpperCase()};Guest ${index + 1}`).join("\n")}\n`;

/** One operator at the page. */
class Operator {
  readonly #page: Page;
  readonly #words: Words;

  constructor(page: Page, words: Words) {
    this.#page = page;
    this.#words = words;
  }

  async write(text: string): Promise<void> {
    await this.#page.locator("#text").fill(text);
    await this.#page.locator("#text").press("Enter");
  }

  async upload(name: string, content: string): Promise<void> {
    await this.#page
      .locator("#file")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  }

  /** Presses the newest button with these words. */
  async press(id: string): Promise<void> {
    await this.#page
      .getByRole("button", { name: this.#words.plain(id), exact: true })
      .last()
      .click();
  }

  async sees(text: string): Promise<void> {
    await this.#page.locator(".message.in", { hasText: text }).last().waitFor({ timeout: 30_000 });
  }

  async screenshot(name: string): Promise<void> {
    await this.#page.screenshot({ path: join(screenshots, `${this.#words.locale}-${name}.png`) });
  }

  /** How many messages hold a progress bar. */
  bars(): Promise<number> {
    return this.#page.locator(".message.in", { hasText: /[▓░]{8}/ }).count();
  }
}

/** Waits until the simulated people hold so many messages by their own record. */
async function delivered(recordFile: string, count: number): Promise<Map<string, number>> {
  for (;;) {
    const got = await deliveries(recordFile);
    if (got.size >= count) return got;
    await sleep(50);
  }
}

describe.skipIf(chromiumPath === undefined)(
  `a campaign from the chat${whySkipped}`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    let program: Program;

    beforeAll(async () => {
      await mkdir(screenshots, { recursive: true });
      [browser, program] = await Promise.all([launchChromium(), compileProgram("browser-test")]);
    });
    afterAll(async () => {
      await browser.close();
      await program[Symbol.asyncDispose]();
    });

    for (const locale of ["en", "fa"] as const)
      test(`reaches everyone exactly once through a SIGKILL, told in ${locale}`, async () => {
        const telling = tellings[locale];
        const words = lexicon[locale];
        const data = await mkdtemp(join(tmpdir(), "peyk-story-"));
        await prepareData(data, population);
        const recordFile = join(data, "simulator-record.jsonl");
        const settings = { DATA_DIR: data, WEB_PORT: String(await freePort()), TIME_ZONE: "Asia/Tehran" };
        let running = await startProgram(program, settings);
        try {
          const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
          await page.goto(`http://127.0.0.1:${settings.WEB_PORT}/`);
          await page.getByRole("button", { name: telling.person }).click();
          await page.getByRole("button", { name: telling.start, exact: true }).click();
          const operator = new Operator(page, words);

          await operator.write("/new");
          await operator.write(telling.id);
          await operator.upload("guests.csv", list);
          await operator.press("button-continue");
          await operator.write("{{nmae}}");
          await operator.sees("{{nmae}}");
          await operator.write(telling.message);
          await operator.press("button-limit-none");
          await operator.press("button-continue");
          await operator.sees("Guest 1");
          await operator.screenshot("1-preview");
          await operator.press("button-continue");
          await operator.write(telling.consent);
          await operator.press("button-start");

          await delivered(recordFile, 10);
          await operator.press("button-pause");
          await operator.sees(words.plain("pause-operator"));
          await operator.screenshot("2-paused");
          await operator.press("button-resume");
          await delivered(recordFile, 50);
          await running.kill();
          const before = (await deliveries(recordFile)).size;
          expect(before).toBeLessThan(100);

          running = await startProgram(program, settings);
          await page.locator(".message.in", { hasText: "-results.csv" }).waitFor({ timeout: 60_000 });
          await operator.screenshot("3-finished");
          expect(await operator.bars()).toBe(1);

          const got = await deliveries(recordFile);
          const reachable = names.filter((name) => {
            const { habit } = personOf(population, name);
            return habit.kind !== "notFound" && habit.kind !== "refuses";
          });
          expect([...got.keys()].toSorted()).toEqual(reachable.toSorted());
          expect([...got.values()].every((messages) => messages === 1)).toBe(true);

          const folder = join(data, "campaigns", telling.id);
          const checkpoint: unknown = JSON.parse(
            await readFile(join(folder, `task_checkpoint_${telling.id}.json`), "utf8"),
          );
          expect(checkpoint).toMatchObject({
            task_id: telling.id,
            sent_usernames: names.filter((name) => got.has(name)),
            total_sent: reachable.length,
            total_failed: 100 - reachable.length,
          });

          const waiting = page.waitForEvent("download");
          await page
            .getByRole("link", { name: /results\.csv/ })
            .last()
            .click();
          const rows = (await readFile(await (await waiting).path(), "utf8")).trim().split("\r\n");
          expect(rows).toHaveLength(101);
          expect(rows.slice(1).map((row) => row.split(",")[0])).toEqual(names);
          expect(await running.stop()).toBe(0);
          await page.close();
        } finally {
          await running.kill();
          await rm(data, { recursive: true });
        }
      });
  },
);
