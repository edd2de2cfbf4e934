import { expect, test } from "vitest";
import type { CampaignView } from "../../app/app.ts";
import { createLexicon } from "../../words/words.ts";
import { pauseText, spentLines } from "./campaign-lines.ts";

const lexicon = createLexicon({ timeZone: "UTC", clock: { now: () => 0, sleep: () => Promise.resolve() } });
const view: CampaignView = {
  campaign: {
    id: "spring",
    createdAt: 0,
    channel: "x",
    accounts: [{ name: "one", caps: {} }],
    message: "hello",
    lists: [],
    consent: { statement: "they asked for it", by: "test", at: 0 },
    status: "paused",
    tryFirst: { count: 50, upTo: 50 },
    pause: { kind: "triedFirst", upTo: 50 },
    spendCap: 12.5,
  },
  counts: { planned: 3, claimed: 0, sent: 50, failed: 0, notFound: 0, refused: 0, uncertain: 0, skipped: 0 },
  imported: 53,
  ratePerSecond: 0,
  resting: [],
  spent: { dollars: 1.25, asOf: "2026-08-22" },
};

test.each(["en", "fa"] as const)(
  "a pause after the first few sends nobody to look below, where nothing is, in %s",
  (locale) => {
    const said = pauseText(view, lexicon[locale]) ?? "";
    expect(said).not.toMatch(/below|پایین/);
    expect(said).toContain("--try-first");
    expect(said).toContain(new Intl.NumberFormat(locale === "fa" ? "fa-IR" : "en").format(50));
  },
);

test("tells what was spent at most, of the cap, and nothing where sending is free", () => {
  const [line] = spentLines(view, lexicon.en);
  expect(line?.replaceAll(/[\u2066-\u2069]/g, "")).toBe(
    "Spent so far: at most $1.25 of $12.50, by the prices of 2026-08-22",
  );
  const { spent: _, ...free } = view;
  expect(spentLines(free, lexicon.en)).toEqual([]);
});
