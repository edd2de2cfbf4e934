import { expect, test } from "vitest";
import type { CampaignView } from "../../../app/app.ts";
import type { ApprovedField } from "../../../domain/approval.ts";
import { approvable } from "../../../domain/approval.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { listEnds } from "../../../app/campaigns/list-ends.ts";
import { systemClock } from "../../../lib/clock.ts";
import { textOfHtml } from "../../../lib/text/html-text.ts";
import { createLexicon } from "../../../words/words.ts";
import { campaignCard } from "../campaigns/campaign-card.ts";
import { approvedSheet } from "./approved-sheet.ts";

const DAY_MS = 86_400_000;
const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });
const beside = {
  format: "html",
  copy: { kind: "photo", chatId: 7, messageIds: [8], caption: "seen" },
  buttons: [{ label: "Shop", url: "https://example.com/a" }],
} as const;

/** All that can be set of a campaign: a field that is new has to be given here. */
const approved: Required<Pick<Campaign, ApprovedField>> = {
  id: "spring",
  channel: "webhook",
  accounts: [{ name: "one", caps: { perMinute: 2, perHour: 30, perDay: 40 } }],
  message: "<b>Hi</b> {{name}}",
  extras: {
    ...beside,
    translations: [{ language: "de", message: "Hallo", extras: { ...beside } }],
  },
  followUps: [
    { afterDays: 3, message: "Still there?" },
    { afterDays: 9, message: "Last one" },
  ],
  lists: [
    {
      file: "list-1",
      count: 3,
      columns: ["city"],
      origin: "guests.csv",
      importedAt: 20 * DAY_MS,
      through: "two",
      grows: true,
      corrections: [{ revision: 1, file: "list-2", columns: ["town"], origin: "again.csv", at: 21 * DAY_MS }],
    },
  ],
  consent: { statement: "they asked at the fair", by: "1", at: DAY_MS },
  tryFirst: { count: 5, upTo: 10 },
  guardRails: { declined: 31, failed: 21, optedOut: 6 },
  pace: { perMinute: 11, perHour: 110, perDay: 1100 },
  priority: 4,
  spendCap: 12,
  sendWindow: { timeZone: "Asia/Tehran", hours: [{ days: [1, 2, 3], from: 540, to: 1020 }] },
  notWithinDays: 14,
  excludes: ["winter", "autumn"],
  standing: { kind: "welcome", since: 22 * DAY_MS, isOff: true, turnedAt: 23 * DAY_MS },
  followsUp: { campaignId: "before", rootId: "first", step: 2, since: 24 * DAY_MS },
  schedule: { at: 50 * DAY_MS, timeZone: "Europe/Berlin", by: "2", setAt: 1 },
};
const campaign: Campaign = {
  ...approved,
  createdAt: 1,
  status: "paused",
  pause: { kind: "approval" },
  approval: {},
};

/** Shown as it is, and not in words; or there is only one of it. */
const NOT_IN_WORDS = [
  /\.file$/,
  // The copy itself stands above the words.
  /\.(chatId|messageIds\.0)$/,
  /\.format$/,
  /^standing\.kind$/,
];

type Path = readonly string[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

function alter(one: object, [key = "", ...rest]: Path): void {
  const value: unknown = Reflect.get(one, key);
  if (typeof value === "object" && value !== null) alter(value, rest);
  else Reflect.set(one, key, otherThan(value));
}

function otherThan(value: unknown): unknown {
  if (typeof value === "boolean") return undefined;
  if (typeof value === "number") return value > DAY_MS / 2 ? value + DAY_MS : value + 1;
  const others: Readonly<Record<string, string>> = {
    photo: "video",
    de: "fr",
    "Asia/Tehran": "Asia/Tokyo",
    "Europe/Berlin": "Europe/London",
  };
  return others[String(value)] ?? `${String(value)}x`;
}

const sheet = async (one: Campaign, locale: "en" | "fa" = "en"): Promise<string[]> => {
  const names = ["ali", "babak", "zari"].map((username) => ({ username }));
  const rows = async function* () {
    yield* names;
  };
  const ends = await listEnds(one.lists, rows());
  return approvedSheet(one, { words: lexicon[locale], nameOf: (by) => by, ends });
};

test("shows whatever is approved: nothing of it can be another without being seen", async () => {
  const leaves = leavesOf(JSON.parse(approvable(campaign)))
    .map((path) => (path[0] === "consent" ? ["consent", "statement"] : path))
    .filter((path) => !NOT_IN_WORDS.some((rule) => rule.test(path.join("."))));
  expect(leaves.length).toBeGreaterThan(50);
  const shown = await sheet(campaign);
  const unseen: string[] = [];
  for (const path of leaves) {
    const other = structuredClone(campaign);
    alter(other, path);
    if ((await sheet(other)).join() === shown.join()) unseen.push(path.join("."));
  }
  expect(unseen).toEqual([]);
  expect(shown.join()).toMatch(/ali.*zari/);
});

test.each(["en", "fa"] as const)("fits into messages, however much there is, in %s", async (locale) => {
  const long = "<a&b> long\n".repeat(900);
  const followUps = [3, 9].map((afterDays) => ({ afterDays, message: long }));
  const translations = ["de", "fr", "ar", "tr"].map((language) => ({ language, message: long }));
  const most: Campaign = {
    ...campaign,
    message: long,
    followUps,
    extras: { translations },
    excludes: Array.from({ length: 300 }, (_, at) => `campaign-with-a-long-name-${at}`),
    consent: { ...campaign.consent, statement: long },
  };
  const sheets = await sheet(most, locale);
  const lengths = sheets.map((text) => textOfHtml(text).length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(4096);
  expect(Math.min(...lengths)).toBeGreaterThan(0);
  expect(textOfHtml(sheets.join("\n")).split("<a&b> long")).toHaveLength(900 * 8 + 1);
  const view = {
    campaign: most,
    counts: { planned: 3, claimed: 0, sent: 0, notFound: 0, refused: 0, failed: 0, uncertain: 0, skipped: 0 },
    imported: 3,
    ratePerSecond: 0,
    resting: [],
  } satisfies CampaignView;
  const card = textOfHtml(campaignCard(view, lexicon[locale], 0).text);
  expect(card.length).toBeLessThanOrEqual(4096);
  for (const part of ["<a&b> long", "guests.csv", "one", "Asia/Tehran", "🔎"]) expect(card).toContain(part);
});
