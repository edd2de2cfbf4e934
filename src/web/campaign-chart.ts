/** A campaign's charts for the page: what the report's picture shows, in the same words. */
import type { CampaignReport } from "../app/app.ts";
import type { AttemptCounts } from "../domain/report/attempts.ts";
import { attemptEnds, attemptsIn } from "../domain/report/attempts.ts";
import { reportPicture } from "../words/report-picture.ts";
import type { Words } from "../words/words.ts";
import type { Chart, Stretch } from "./view.ts";

/** Moments that stand below the columns. */
const MOST_MOMENTS = 3;

/** Undefined while nobody was tried: there is nothing to draw. */
export function campaignChart(report: CampaignReport, words: Words): Chart | undefined {
  const { overTime, accounts } = reportPicture(report, words);
  const { title, note, columns, number } = overTime;
  if (columns.length === 0) return undefined;
  const highest = Math.max(...columns.map(({ counts }) => attemptsIn(counts)));
  return {
    overTime: {
      title,
      note,
      highest,
      most: number(highest),
      columns: columns.map(({ label, counts }) => ({
        text: textOf(label, counts, words),
        stretches: stretchesOf(counts),
      })),
      moments: spread(columns.map(({ label }) => label)),
    },
    accounts: {
      title: accounts.title,
      highest: Math.max(...accounts.rows.map(({ counts }) => attemptsIn(counts))),
      rows: accounts.rows.map(({ name, value, counts }) => ({ name, value, stretches: stretchesOf(counts) })),
      ...(accounts.more === undefined ? {} : { more: accounts.more }),
    },
  };
}

function stretchesOf(counts: AttemptCounts): Stretch[] {
  return attemptEnds.map((state) => ({ state, count: counts[state] }));
}

function textOf(label: string, counts: AttemptCounts, words: Words): string {
  const parts = attemptEnds
    .filter((end) => counts[end] > 0)
    .map((end) => words.plain("monitor-column", { state: words.plain(`state-${end}`), count: counts[end] }));
  return [label, ...parts].join("\n");
}

/** The first, the last and what stands between, as far from one another. */
function spread(labels: readonly string[]): string[] {
  const last = Math.min(labels.length, MOST_MOMENTS) - 1;
  return Array.from({ length: last + 1 }, (_, place) => {
    const at = last === 0 ? 0 : Math.round((place / last) * (labels.length - 1));
    return labels[at] ?? "";
  });
}
