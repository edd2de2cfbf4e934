/** The report's picture in the words of one language: digits, dates and shares are set here. */
import type { CampaignReport } from "../app/app.ts";
import type { Outcome, ReportPicture } from "../app/report/report-picture.ts";
import type { Deliveries } from "../domain/report/attempts.ts";
import { inAtMost } from "../domain/report/stretches.ts";
import type { OutcomeState } from "../domain/report/outcomes.ts";
import { outcomesOf } from "../domain/report/outcomes.ts";
import type { Words } from "./words.ts";

/** What has happened first, what is still to come last. */
const statesInOrder = [
  "sent",
  "takenBack",
  "notFound",
  "refused",
  "failed",
  "uncertain",
  "skipped",
  "claimed",
  "planned",
] as const satisfies readonly OutcomeState[];

/** More columns than these are too thin to be told apart on a phone. */
const MOST_COLUMNS = 24;
const MOST_ACCOUNTS = 6;

/** Says a report, to be drawn. */
export function reportPicture({ view, deliveries }: CampaignReport, words: Words): ReportPicture {
  return {
    isRightToLeft: words.locale === "fa",
    title: words.plain("picture-title"),
    name: view.campaign.id,
    period: periodOf(view.campaign, words),
    outcomes: { title: words.plain("picture-outcomes"), parts: outcomesIn(view, words) },
    overTime: overTimeOf(deliveries, words),
    accounts: accountsOf(deliveries, words),
  };
}

function periodOf({ createdAt, finishedAt }: CampaignReport["view"]["campaign"], words: Words): string {
  const from = words.exactMoment(createdAt);
  if (finishedAt === undefined) return words.plain("picture-since", { from });
  return words.plain("picture-period", { from, until: words.exactMoment(finishedAt) });
}

function outcomesIn({ counts, amended, imported }: CampaignReport["view"], words: Words): Outcome[] {
  const outcomes = outcomesOf(counts, amended?.takenBack);
  return statesInOrder
    .filter((state) => outcomes[state] > 0 || state === "sent")
    .map((state) => ({
      state,
      label: outcomeText(state, words),
      count: outcomes[state],
      value: shareOf(outcomes[state], imported, words),
    }));
}

/** What an outcome is called in a report. */
export function outcomeText(state: OutcomeState, words: Words): string {
  return words.plain(state === "takenBack" ? "outcome-takenBack" : `state-${state}`);
}

/** Rounded down, so that only all is a hundred. */
function shareOf(count: number, total: number, words: Words): string {
  const percent = total > 0 ? Math.floor((count / total) * 100) : 0;
  if (percent === 0 && count > 0) return words.plain("picture-share-small", { count });
  return words.plain("picture-share", { count, percent });
}

function overTimeOf(deliveries: Deliveries, words: Words): ReportPicture["overTime"] {
  const { from, stretchMs, stretches } = inAtMost(MOST_COLUMNS, deliveries);
  const scale = { spanMs: stretches.length * stretchMs, stepMs: stretchMs };
  return {
    title: words.plain("picture-time"),
    note:
      stretches.length === 0
        ? words.plain("picture-time-none")
        : words.plain("picture-time-note", { duration: words.duration(stretchMs) }),
    columns: stretches.map((counts, index) => ({
      label: words.onScale(from + index * stretchMs, scale),
      counts,
    })),
    number: (count) => words.plain("monitor-number", { count }),
  };
}

function accountsOf({ accounts }: Deliveries, words: Words): ReportPicture["accounts"] {
  const rows = accounts.slice(0, MOST_ACCOUNTS).map(({ name, counts }) => ({
    name,
    counts,
    value: words.plain("picture-account", { count: counts.sent }),
  }));
  const count = accounts.length - rows.length;
  return {
    title: words.plain("picture-accounts"),
    rows,
    ...(count > 0 ? { more: words.plain("picture-accounts-more", { count }) } : {}),
  };
}
