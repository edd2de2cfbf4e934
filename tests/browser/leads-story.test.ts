/**
 * From a keyword to a finished campaign without leaving the chat, in both languages, in a real browser against the real
 * program: collect a hundred people, have the program killed while they come, use them as recipients, have it killed
 * while they are written to, and find each of them once in the list and once in the simulated people's own record.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Locale } from "../../src/words/locale.ts";
import type { Words } from "../../src/words/words.ts";
import type { PageEntry } from "../../src/domain/collecting/lead-entry.ts";
import { listNameOf } from "../../src/domain/collecting/list-name.ts";
import { describeInChromium } from "./chromium.ts";
import { isReachable, openStory } from "./story.ts";
import type { LeadListRead } from "../../src/storage/ports/reads.ts";
import type { Where } from "../support/stored.ts";
import { lookAt } from "../support/own-store.ts";
import { hasLeads, storedDocument } from "../support/stored.ts";
import { oneOfToday } from "../support/every-moment.ts";

const COUNT = 100;

/** What differs between the two tellings of the story. */
const tellings: Record<Locale, { keyword: string; id: string; message: string; consent: string }> = {
  en: {
    keyword: "coffee shop",
    id: "coffee-people",
    message: "Hello {{username}}, the spring list is here.",
    consent: "They asked for news under our last video.",
  },
  fa: {
    keyword: "قهوه",
    id: "ahl-e-ghahve",
    message: "سلام {{username}}، فهرست بهار رسید.",
    consent: "زیر آخرین ویدئوی ما نوشته‌اند که خبر می‌خواهند.",
  },
};

/** Has the page keep every state in which a message with a progress bar was ever seen. */
const KEEP_BARS = `(() => {
  globalThis.seenBars = [];
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll(".message.in"))
      if (/[▓░]{8}/.test(textContent) && !seenBars.includes(textContent)) seenBars.push(textContent);
  }).observe(document.body, { childList: true, subtree: true });
})()`;

/** The counts that the live message of collecting showed, in order. */
async function countsShown(page: Page, words: Words): Promise<number[]> {
  const seen = z.array(z.string()).parse(await page.evaluate("seenBars"));
  const lines = Array.from({ length: COUNT + 1 }, (_, count) =>
    words.plain("collect-count", { count, total: COUNT }).replaceAll(/<\/?b>/g, ""),
  );
  return seen.map((text) => lines.findIndex((line) => text.includes(line))).filter((count) => count >= 0);
}

/** The bot has noted which message counts up: killed a moment earlier, it would send another one. */
async function isMessageKnown(place: Where): Promise<boolean> {
  return JSON.stringify([await storedDocument(place, "lead-messages")]).includes("messageId");
}

/** A list as it stands; undefined while there is none. */
async function readList<T>(
  place: Where,
  list: string,
  read: (found: LeadListRead) => Promise<T>,
): Promise<T | undefined> {
  return lookAt(place, async ({ leads }) => {
    const found = await leads.find(list);
    return found && read(found);
  });
}

/** The pages of a list, as they came. */
async function pagesOf(place: Where, list: string): Promise<readonly PageEntry[]> {
  const pages = await readList(place, list, async (found) => {
    const all: PageEntry[] = [];
    for await (const entry of found.entries()) if (entry.t === "page") all.push(entry);
    return all;
  });
  return pages ?? [];
}

async function deliveredBy(place: Where, list: string): Promise<readonly string[]> {
  const names = await readList(place, list, async (found) => {
    const all: string[] = [];
    for await (const { username } of found.delivered()) all.push(username);
    return all;
  });
  return names ?? [];
}

describeInChromium("collected people as recipients", (browser) => {
  for (const locale of oneOfToday(["en", "fa"] as const))
    test(`come exactly once and are written to exactly once through two SIGKILLs, told in ${locale}`, async () => {
      const { keyword, id, message, consent } = tellings[locale];
      const list = listNameOf([{ source: "simulator", query: keyword }]);
      await using story = await openStory(browser(), locale);
      const { operator, page, words, place } = story;
      await page.evaluate(KEEP_BARS);

      await operator.write("/collect");
      await operator.press("source-simulator");
      await operator.write(keyword);
      await operator.press("button-amount", { count: COUNT });
      await operator.sees(words.plain("estimate-rule"));
      await operator.screenshot("4-estimate");
      const pressed = operator.press("button-collect-start");
      while (!(await hasLeads(place, list)) || !(await isMessageKnown(place))) await sleep(10);
      await story.kill();
      await pressed;
      const before = await pagesOf(place, list);
      expect(before.flatMap(({ leads }) => leads).length).toBeLessThan(COUNT);

      await story.startAgain();
      await operator.sees(words.plain("collect-end-targetReached"));
      await expect.poll(async () => (await countsShown(page, words)).at(-1)).toBe(COUNT);
      await operator.screenshot("5-collected");
      const counts = await countsShown(page, words);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(counts.length).toBeGreaterThan(1);
      expect(await operator.bars()).toBe(1);

      await operator.press("button-leads-use");
      await operator.write(id);
      await operator.sees(words.plain("button-another-list"));
      await operator.screenshot("6-recipients");
      await operator.press("button-continue");
      await operator.write(message);
      await operator.press("button-limit-none");
      await operator.screenshot("7-plan");
      await operator.press("button-continue");
      await operator.sees(words.plain("preview-ask"));
      await operator.press("button-continue");
      await operator.write(consent);
      await operator.press("button-start");
      await story.delivered(40);
      await story.kill();
      expect((await story.delivered(0)).size).toBeLessThan(COUNT * 0.9);

      await story.startAgain();
      await page.locator(".message.in", { hasText: "-results.xlsx" }).waitFor();
      await operator.press("button-results-csv");
      await page.locator(".message.in", { hasText: "-results.csv" }).waitFor();
      await operator.screenshot("8-campaign");
      const results = await operator.downloadedNames(/results\.csv/);
      for (const command of ["accounts", "leads", "subscribers", "help"]) {
        await operator.write(`/${command}`);
        await operator.answered();
        await operator.screenshot(`9-${command}`);
      }
      expect(await story.stop()).toBe(0);

      const names = await deliveredBy(place, list);
      expect([names.length, new Set(names).size]).toEqual([COUNT, COUNT]);
      expect([results.length, new Set(results)]).toEqual([COUNT, new Set(names)]);
      const cursors = (await pagesOf(place, list)).map(({ cursor }) => cursor);
      expect(cursors).toEqual([...new Set(cursors)]);
      const got = await story.delivered(0);
      expect([...got.keys()].toSorted()).toEqual(names.filter(isReachable).toSorted());
      expect([...got.values()].every((messages) => messages === 1)).toBe(true);
    });
});
