import { expect, test } from "vitest";
import type { LeadListView, TargetState } from "../../../app/leads/leads.ts";
import { collectionFigures } from "../../../domain/collecting/collection-figures.ts";
import type { RequestState } from "../../../domain/collecting/collection.ts";
import { systemClock } from "../../../lib/clock.ts";
import { locales } from "../../../words/locale.ts";
import { createLexicon } from "../../../words/words.ts";
import { leadCard, leadEndText } from "./lead-card.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });

const request: RequestState = {
  number: 1,
  targets: [],
  count: 100,
  delivered: 100,
  deliveredThisCycle: 100,
  cycleStartedAt: 0,
  got: {},
  usage: {},
  calls: 4,
  pages: 4,
  rows: 120,
  found: 106,
  duplicates: 14,
  unreadable: 0,
  startedAt: 0,
  status: { kind: "ended", end: "targetReached", at: 1 },
  isTold: true,
  isSpent: false,
};

function viewOf(size: number): LeadListView {
  const figures = collectionFigures(request, { pricesOf: () => undefined, pageSize: 30 });
  return { list: "coffee", targets: [], size, delivered: 100, request, figures };
}

test.each(locales)(
  "says in %s why a list holds more people than were collected, once it has ended",
  (locale) => {
    const words = lexicon[locale];
    const spare = words.say("collect-spare", { count: 6 });
    expect(leadCard(viewOf(106), words).text).toContain(`\n${spare}`);
    expect(leadCard(viewOf(100), words).text).toBe(
      leadCard(viewOf(106), words)
        .text.replace(`\n${spare}`, "")
        .replace(
          words.say("collect-size", { items: "people", count: 106 }),
          words.say("collect-size", { items: "people", count: 100 }),
        ),
    );
  },
);

const asked: TargetState = {
  target: { source: "tiktok", query: "coffee" },
  calls: 4,
  pages: 4,
  rows: 120,
  found: 106,
  duplicates: 14,
  unreadable: 0,
  sighted: 106,
  stalePages: 0,
  emptyPages: 0,
  unreadablePages: 0,
};

test.each(locales)("fits one message in %s, however many targets gave less than they declared", (locale) => {
  const target = { source: "tiktok", query: "☕".repeat(100) };
  const short = { ...asked, target, end: "exhausted", declaredTotal: 9000 } as const;
  const view = { ...viewOf(106), targets: Array.from({ length: 50 }, () => short) };
  const words = lexicon[locale];
  for (const text of [leadCard(view, words).text, leadEndText(view, [], words) ?? ""])
    expect(text.replaceAll(/<[^>]+>/g, "").length).toBeLessThan(4096);
});

test("offers to begin a target anew once anything was asked of it, whether it has ended or not", () => {
  const labels = (targets: readonly TargetState[]): string[] =>
    (leadCard({ ...viewOf(106), targets }, lexicon.en).rows ?? []).flat().map((button) => button.label);
  const restart = lexicon.en.plain("button-leads-targets");
  expect(labels([asked])).toContain(restart);
  expect(labels([{ ...asked, calls: 0 }])).not.toContain(restart);
});
