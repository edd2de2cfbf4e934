/** All lists of leads at a glance, and how well collecting works over all requests. */
import type { CollectionKpis, LeadListSummary } from "../../../app/leads/leads.ts";
import { listLabels } from "../../../words/list-label.ts";
import type { Words } from "../../../words/words.ts";
import { leadChoice } from "./lead-data.ts";
import type { View } from "../view.ts";

const MOST_LISTED = 20;

/** One line and one button for each list, and the figures of all requests. */
export function leadListsView(lists: readonly LeadListSummary[], kpis: CollectionKpis, words: Words): View {
  const shown = lists.slice(0, MOST_LISTED);
  const labels = listLabels(
    shown.map(({ list, targets }) => ({ list, queries: targets.map(({ key }) => queryOf(key)) })),
  );
  const labelOf = (index: number): string => labels[index] ?? "";
  const lines = shown.map((one, index) =>
    words.say("leads-line", {
      list: labelOf(index),
      count: one.delivered,
      status: words.plain(statusId(one)),
    }),
  );
  const older = lists.length - shown.length;
  const more = older > 0 ? [words.say("campaigns-more", { count: older })] : [];
  const collect = { label: words.plain("button-collect"), choice: "go:collect" };
  return {
    text: [words.say("leads-title"), ...lines, ...more, ...kpiLines(kpis, words)].join("\n"),
    rows: [
      ...shown.map(({ list }, index) => [{ label: labelOf(index), choice: leadChoice("open", list) }]),
      [collect],
    ],
  };
}

/** The keywords in a target's key: sources that take them are one word, with or without their posts. */
function queryOf(key: string): string {
  return key.replace(/^[a-z]+_(?:posts_)?/, "");
}

function statusId({ request }: LeadListSummary): string {
  return request ? `collect-status-${request.status.kind}` : "collect-status-idle";
}

/** How well collecting works over all requests, a line each; none before the first request ended. */
export function kpiLines(kpis: CollectionKpis, words: Words): string[] {
  if (kpis.jobsProcessed === 0) return [];
  const { topKeywords, lastUpdated } = kpis;
  return [
    "",
    words.say("kpi-title"),
    words.say("kpi-jobs", { count: kpis.jobsProcessed }),
    words.say("kpi-exact", { count: kpis.exactCountAchieved, percent: kpis.accuracyRate }),
    words.say("kpi-calls", { count: kpis.averageApiCallsPerJob }),
    words.say("kpi-time", { left: words.duration(kpis.averageProcessingTime) }),
    ...(topKeywords.length === 0
      ? []
      : [words.say("kpi-keywords", { texts: words.codes(topKeywords.map(({ keyword }) => keyword)) })]),
    ...(lastUpdated === undefined ? [] : [words.say("kpi-updated", { moment: words.moment(lastUpdated) })]),
  ];
}
