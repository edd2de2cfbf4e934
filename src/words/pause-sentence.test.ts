import { describe, expect, test } from "vitest";
import type { CampaignView } from "../app/app.ts";
import type { AccountWait } from "../domain/campaign.ts";
import { createLexicon } from "./words.ts";
import { campaignCard } from "../bot/views/campaigns/campaign-card.ts";
import { pauseSentence } from "./pause-sentence.ts";

const UNTIL = Date.UTC(2026, 5, 2);
const lexicon = createLexicon({
  timeZone: "Asia/Tehran",
  clock: { now: () => 0, sleep: () => Promise.resolve() },
});

function pausedView(accounts: readonly AccountWait[]): CampaignView {
  return {
    campaign: {
      id: "spring",
      createdAt: 0,
      channel: "simulator",
      accounts: accounts.map(({ name }, index) => ({ name, caps: { perDay: index + 1 } })),
      message: "hello",
      lists: [],
      consent: { statement: "they asked for it", by: "test", at: 0 },
      status: "paused",
      pause: { kind: "noAccount", until: UNTIL, accounts },
    },
    counts: {
      planned: 3,
      claimed: 0,
      sent: 0,
      failed: 0,
      notFound: 0,
      refused: 0,
      uncertain: 0,
      skipped: 0,
    },
    imported: 3,
    ratePerSecond: 0,
    resting: accounts.map(({ name, ...wait }) => ({ account: name, ...wait })),
  };
}

describe.each(["en", "fa"] as const)("a pause because nobody may send, in %s", (locale) => {
  const words = lexicon[locale];

  test("says of each account why and until when", () => {
    const view = pausedView([
      { name: "one", trouble: "capped", until: UNTIL },
      { name: "two", trouble: "resting", until: UNTIL },
      { name: "three", trouble: "locked" },
    ]);
    const moment = words.moment(UNTIL);
    expect(pauseSentence(view, words)?.split("\n")).toEqual([
      words.say("pause-noAccount-until", { moment }),
      words.say("card-capped", { account: "one", moment }),
      words.say("card-resting", { account: "two", moment }),
      words.say("card-locked", { account: "three" }),
    ]);
  });

  test("names four of many accounts and counts the others", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const view = pausedView(names.map((name) => ({ name, trouble: "locked" })));
    const lines = pauseSentence(view, words)?.split("\n");
    expect(lines).toHaveLength(6);
    expect(lines?.at(-1)).toBe(words.say("card-resting-more", { count: 2 }));
  });

  test("says it once on the card", () => {
    const view = pausedView([
      { name: "one", trouble: "locked" },
      { name: "two", trouble: "resting" },
    ]);
    const { text } = campaignCard(view, words, 0);
    expect(text.split(words.say("card-locked", { account: "one" }))).toHaveLength(2);
  });
});
