import type { CollectionKpis } from "../app/leads/leads.ts";
import { leadFigureLines, standingLine } from "../words/lead-lines.ts";
import { isolate } from "../lib/text/direction.ts";
import { percentDone } from "../words/progress-bar.ts";
import type { Words } from "../words/words.ts";
import type { Figures, ListFigures } from "./figures.ts";
import type { Card, Section, Tile, Tone } from "./view.ts";
import { linesOf } from "./view.ts";

const MOST_TARGETS = 3;

const tones = {
  idle: "calm",
  running: "busy",
  paused: "warn",
  ended: "good",
} as const satisfies Record<string, Tone>;

/** How the lists of leads stand, with the figures of their latest requests. */
export function leadsSection({ lists, olderLists }: Figures, words: Words): Section {
  return {
    key: "leads",
    title: words.plain("monitor-leads"),
    ...(lists.length === 0 ? { empty: words.plain("monitor-no-leads") } : {}),
    cards: lists.map((one) => listCard(one, words)),
    ...(olderLists > 0 ? { foot: words.plain("monitor-older-lists", { count: olderLists }) } : {}),
  };
}

function listCard({ summary, view }: ListFigures, words: Words): Card {
  const { list, size } = summary;
  const request = view?.request ?? summary.request;
  const kind = request?.status.kind ?? "idle";
  const sentences = view?.figures
    ? [standingLine(view, words), ...leadFigureLines(view, words)]
    : [words.say("collect-size", { items: summary.isOfPosts ? "posts" : "people", count: size })];
  return {
    key: list,
    name: list,
    badge: { text: words.plain(`collect-status-${kind}`), tone: tones[kind] },
    ...(view ? { note: targetsOf(view, words) } : {}),
    ...(request ? { progress: progressOf(request, words) } : {}),
    lines: linesOf(sentences),
  };
}

/** Whose people these are: the first targets, as they were asked for. */
function targetsOf({ targets }: NonNullable<ListFigures["view"]>, words: Words): string {
  const named = targets.slice(0, MOST_TARGETS).map(({ target }) => isolate(target.query));
  return rowOf(targets.length > named.length ? [...named, "…"] : named, words);
}

function rowOf(texts: readonly string[], words: Words): string {
  return texts.join(words.locale === "fa" ? "، " : ", ");
}

function progressOf(
  { delivered, count }: { readonly delivered: number; readonly count: number },
  words: Words,
): NonNullable<Card["progress"]> {
  return {
    text: words.plain("monitor-of", { count: delivered, total: count }),
    percent: words.plain("monitor-percent", { percent: percentDone(delivered, count) }),
    stretches: [
      { state: "sent", count: delivered },
      { state: "planned", count: Math.max(0, count - delivered) },
    ],
  };
}

/** How well collecting works over all requests. */
export function kpisSection({ kpis }: Figures, words: Words): Section {
  return {
    key: "kpis",
    title: words.plain("monitor-kpis"),
    ...(kpis.jobsProcessed === 0
      ? { empty: words.plain("monitor-no-kpis") }
      : { tiles: kpiTiles(kpis, words) }),
  };
}

function kpiTiles(kpis: CollectionKpis, words: Words): readonly Tile[] {
  const number = (count: number): string => words.plain("monitor-number", { count });
  const keywords = kpis.topKeywords.map(({ keyword: query, jobs: count }) =>
    words.plain("monitor-keyword", { query, count }),
  );
  const values = {
    jobs: number(kpis.jobsProcessed),
    exact: number(kpis.exactCountAchieved),
    accuracy: words.plain("monitor-percent", { percent: kpis.accuracyRate }),
    calls: number(kpis.averageApiCallsPerJob),
    time: words.duration(kpis.averageProcessingTime),
    updated: kpis.lastUpdated === undefined ? "" : words.moment(kpis.lastUpdated),
    keywords: rowOf(keywords, words),
  };
  return Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ({ label: words.plain(`monitor-kpi-${name}`), value }));
}
