/** How the subscribers grow in the words of one language, to be drawn and to be said: digits and dates are set here. */
import type { GrowthPicture } from "../app/growth/growth-picture.ts";
import type { Growth, GrowthSource } from "../domain/people/growth.ts";
import { growthKinds } from "../domain/people/growth.ts";
import type { Words } from "./words.ts";

const MOST_SOURCES = 8;
const DAY_MS = 86_400_000;

export function growthPicture(growth: Growth, words: Words): GrowthPicture {
  const { steps, stepDays, from, until } = growth;
  const scale = { spanMs: Math.max(until - from, 2 * DAY_MS), stepMs: DAY_MS };
  return {
    isRightToLeft: words.locale === "fa",
    title: words.plain("growth-title"),
    standing: words.plain("growth-standing", { count: growth.standing }),
    period: periodOf(growth, words),
    kinds: growthKinds.map((kind) => ({
      kind,
      label: words.plain(`growth-${kind}`),
      value: words.plain("growth-count", { count: growth[kind] }),
    })),
    overTime: {
      title: words.plain("growth-time"),
      note: words.plain("growth-note-days", { count: stepDays }),
      columns: steps.map(({ from: start, joined, left, blocked, gone }) => ({
        joined,
        left,
        blocked,
        gone,
        label: words.onScale(start, scale),
      })),
      number: (count) => words.plain("monitor-number", { count }),
    },
    sources: sourcesOf(growth, words),
  };
}

function sourcesOf({ sources }: Growth, words: Words): GrowthPicture["sources"] {
  const rows = sources.slice(0, MOST_SOURCES).map((one) => ({
    name: one.source ?? words.plain("growth-no-source"),
    value: sourceValue(one, words),
  }));
  const count = sources.length - rows.length;
  return {
    title: words.plain("growth-sources"),
    rows,
    ...(count > 0 ? { more: words.plain("growth-sources-more", { count }) } : {}),
  };
}

/** What became of those of one link. */
export function sourceValue(
  { standing: count, joined, left, blocked }: GrowthSource,
  words: Pick<Words, "plain">,
): string {
  return words.plain("growth-source", { count, joined, left, blocked });
}

/** All of it in one sentence. */
export function growthCaption(growth: Growth, words: Words): string {
  const { standing: count, joined, left, blocked, gone } = growth;
  return words.plain("growth-caption", {
    figures: words.plain("growth-standing", { count }),
    duration: periodOf(growth, words),
    joined,
    left,
    blocked,
    gone,
  });
}

function periodOf({ from, until }: Growth, words: Words): string {
  return words.plain("growth-period", { from: words.date(from), until: words.date(until) });
}
