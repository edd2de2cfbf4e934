/** What is said of a list of leads wherever it is shown, as Telegram HTML. */
import { earlierEnds, holdsPosts } from "../domain/collecting/collection.ts";
import type { CollectionPause, LeadListView } from "../app/leads/leads.ts";
import type { Words } from "./words.ts";

/** Says why the latest request does nothing, for the moment or for good; undefined while it works. */
export function standingLine(view: LeadListView, words: Words): string | undefined {
  const { request, wait } = view;
  switch (request?.status.kind) {
    case "paused":
      return pauseText(request.status.pause, words);
    case "ended":
      return endText(view, words);
    case "running":
      return wait && words.say(`collect-wait-${wait.kind}`, { moment: words.moment(wait.until) });
    case undefined:
      return undefined;
  }
}

/** Says why the latest request is over, and from when that is where the source was not asked by it. */
export function endText({ list, request, targets }: LeadListView, words: Words): string | undefined {
  if (request?.status.kind !== "ended") return undefined;
  const counts = { list, count: request.delivered, total: request.count };
  const why = words.say(`collect-end-${request.status.end}`, counts);
  const moments = earlierEnds(request, targets);
  if (moments.length === 0) return why;
  return `${why}\n${words.say("collect-as-of", { moment: words.moment(Math.min(...moments)) })}`;
}

function pauseText(pause: CollectionPause, words: Words): string {
  if (pause.kind === "operator" || pause.kind === "restored")
    return words.say(`collect-paused-${pause.kind}`);
  return words.say(`collect-paused-${pause.kind}`, { why: words.reason(pause.why) });
}

/** The figures of the latest request, a line each. */
export function leadFigureLines(view: LeadListView, words: Words): string[] {
  const { figures, size, delivered, request } = view;
  if (!figures) return [];
  const items = itemsOf(view);
  const { apiCalls, failedCalls, duplicates, unreadable } = figures;
  const { averageNewPerCall, predictedCallsRemaining, costSoFar } = figures;
  const isRunning = request?.status.kind === "running";
  return [
    words.say("collect-calls", { count: apiCalls }),
    ...(failedCalls === undefined ? [] : [words.say("collect-failed-calls", { count: failedCalls })]),
    words.say("collect-duplicates", { count: duplicates, percent: figures.deduplicationRate }),
    ...(unreadable === undefined ? [] : [words.say("collect-unreadable", { count: unreadable })]),
    ...(apiCalls > 0 ? [words.say("collect-average", { items, count: averageNewPerCall })] : []),
    ...(isRunning && predictedCallsRemaining !== undefined
      ? [words.say("collect-remaining", { count: predictedCallsRemaining })]
      : []),
    ...(costSoFar === undefined ? [] : [words.say("collect-cost", { cost: dollars(costSoFar) })]),
    words.say("collect-size", { items, count: size }),
    ...(isRunning || size === delivered ? [] : [words.say("collect-spare", { count: size - delivered })]),
  ];
}

/** What a list holds: by it a message chooses its words. */
export function itemsOf(view: Pick<LeadListView, "targets">): "posts" | "people" {
  return holdsPosts(view) ? "posts" : "people";
}

/** US dollars as people write them, in Latin digits: a price is copied into calculations. */
export function dollars(amount: number): string {
  return `$${amount.toFixed(amount < 1 && amount > 0 ? 3 : 2)}`;
}
