/**
 * The whole story of a newcomer, in both languages, in a real browser against the real program: a list, a message, a
 * preview, Start, Pause, Resume, a SIGKILL in the middle, a start again, and at the end one message for each name.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Locale } from "../../src/words/locale.ts";
import { describeInChromium } from "./chromium.ts";
import { isReachable, openStory } from "./story.ts";
import { isOnPostgres } from "../support/own-store.ts";
import { oneOfToday } from "../support/every-moment.ts";

/** What differs between the two tellings of the story. */
const tellings: Record<Locale, { id: string; message: string; consent: string }> = {
  en: {
    id: "spring-news",
    message: "Hello {{name|friend}}, the spring list is here.",
    consent: "They signed up for the newsletter in May.",
  },
  fa: {
    id: "khabar-bahar",
    message: "سلام {{name|دوست عزیز}}، فهرست بهار رسید.",
    consent: "در اردیبهشت برای خبرنامه ثبت‌نام کرده‌اند.",
  },
};

const names = Array.from({ length: 100 }, (_, index) => `guest_${index + 1}`);
const list = `\uFEFFusername;name\n${names.map((name, index) => `@${name.toUpperCase()};Guest ${index + 1}`).join("\n")}\n`;

/** What is called so in Persian too. */
const properNames: ReadonlySet<string> = new Set(["CSV", "English", "JSON", "PDF", "PostgreSQL", "UTF-8"]);

describeInChromium("a campaign from the chat", (browser) => {
  for (const locale of oneOfToday(["en", "fa"] as const))
    test(`reaches everyone exactly once through a SIGKILL, told in ${locale}`, async () => {
      const telling = tellings[locale];
      await using story = await openStory(browser(), locale);
      const { operator, page, words } = story;

      await operator.sees(words.plain("button-sample"));
      await operator.screenshot("0-welcome");
      await operator.write("/new");
      await operator.sees(words.plain("button-generate"));
      await operator.screenshot("1-name");
      await operator.write(telling.id);
      await operator.upload("guests.csv", list);
      await operator.sees(words.plain("button-another-list"));
      await operator.screenshot("1-list");
      await operator.press("button-continue");
      await operator.write("{{nmae}}");
      await operator.sees("{{nmae}}");
      await operator.screenshot("1-message");
      await operator.write(telling.message);
      await operator.press("button-more-options");
      await operator.sees(words.plain("topic-guard-rails"));
      await operator.screenshot("1-options");
      await operator.press("button-back");
      await operator.press("button-limit-none");
      await operator.sees(words.plain("button-limit-none-chosen"));
      await operator.screenshot("1-plan");
      await operator.press("button-continue");
      await operator.sees("Guest 1");
      await operator.screenshot("1-preview");
      await operator.press("button-continue");
      await operator.write(telling.consent);
      await operator.sees(words.plain("button-start"));
      await operator.screenshot("1-confirm");
      await operator.press("button-start");

      await story.delivered(10);
      await operator.press("button-pause");
      await operator.sees(words.plain("pause-operator"));
      await operator.screenshot("2-paused");
      await operator.press("button-change");
      await operator.sees(words.plain("change-priority", { value: words.plain("topic-priority-off") }));
      await operator.screenshot("2-change");
      await operator.press("button-resume");
      await story.delivered(50);
      await story.kill();
      expect((await story.delivered(0)).size).toBeLessThan(100);

      await story.startAgain();
      await page.locator(".message.in", { hasText: "-results.xlsx" }).waitFor();
      await operator.screenshot("3-finished");
      expect(await operator.bars()).toBe(1);

      const got = await story.delivered(0);
      const reachable = names.filter(isReachable);
      expect([...got.keys()].toSorted()).toEqual(reachable.toSorted());
      expect([...got.values()].every((messages) => messages === 1)).toBe(true);

      if (!isOnPostgres())
        expect(await checkpointOf(story.place.dataDir, telling.id)).toMatchObject({
          task_id: telling.id,
          sent_usernames: names.filter((name) => got.has(name)),
          total_sent: reachable.length,
          total_failed: 100 - reachable.length,
        });
      await operator.press("button-results-csv");
      await page.locator(".message.in", { hasText: "-results.csv" }).waitFor();
      expect(await operator.downloadedNames(/results\.csv/)).toEqual(names);
      await operator.look([
        "campaigns",
        "suppress",
        "suppressed",
        "sync",
        "log",
        "language",
        "pause",
        "nothing",
      ]);
      if (locale === "fa")
        expect(
          (await operator.latinWords()).filter((word) => !properNames.has(word) && word !== telling.id),
        ).toEqual([]);
      expect(await story.stop()).toBe(0);
    });
});

async function checkpointOf(data: string, id: string): Promise<unknown> {
  return JSON.parse(await readFile(join(data, "campaigns", id, `task_checkpoint_${id}.json`), "utf8"));
}
