/** How a collection is told on the command line. */
import type {
  CollectRefusal,
  CollectionEnd,
  CollectionEstimate,
  CollectionEvent,
  CollectionWait,
  LeadListView,
  TargetState,
} from "../../app/leads/leads.ts";
import { earlierEnds, holdsPosts } from "../../domain/collecting/collection.ts";
import { targetKey } from "../../domain/collecting/lead.ts";
import { joinedNames } from "../../words/joined.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";

/** Why a request is over. */
export function endText(end: CollectionEnd, words: Words): string {
  return words.plain(`cli-end-${end}`);
}

/** One sentence on why a request can't begin. */
export function refusalText(refusal: CollectRefusal, sources: readonly string[], words: Words): string {
  switch (refusal.problem) {
    case "unknownSource": {
      const told = { source: refusal.source, known: joinedNames(sources, words) };
      const setting = settingOf(refusal.source, words);
      return setting === undefined
        ? words.plain("cli-refused-source", told)
        : words.plain("cli-refused-source-needs", { ...told, setting });
    }
    case "badTarget":
      return words.plain(`cli-target-${refusal.reason}`, { text: shortened(refusal.text) });
    case "badCount":
    case "badListName":
      return words.plain(`cli-refused-${refusal.problem}`);
    case "otherKind":
      return words.plain("cli-refused-otherKind", { list: refusal.list });
    case "badTime":
      return words.plain("cli-refused-badTime", { before: refusal.next - 1, next: refusal.next });
    case "busy":
      return words.plain("cli-refused-busy", { list: refusal.list, count: refusal.count });
  }
}

/** The setting without which a source is not there; undefined for a name that no source has. */
function settingOf(source: string, words: Words): string | undefined {
  if (source === "tiktok") return "TIKTOK_API_KEY";
  if (source === "bluesky-posts")
    return words.plain("cli-and-both", { one: "BLUESKY_IDENTIFIER", other: "BLUESKY_APP_PASSWORD" });
  return /^x-(followers|repliers|posts)$/.test(source) ? "X_ACCOUNTS_FILE" : undefined;
}

/** What a list holds, as a word. */
export function itemsOf(view: Pick<LeadListView, "targets">, words: Words): string {
  return words.plain(holdsPosts(view) ? "cli-posts" : "cli-people");
}

const LONGEST_SHOWN = 60;

function shortened(text: string): string {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return letters.length <= LONGEST_SHOWN ? text : `${letters.slice(0, LONGEST_SHOWN).join("")}…`;
}

/** How far a request is, in one line. */
export function figuresLine({ figures }: LeadListView, words: Words): string {
  if (!figures) return "";
  const { current, target, percent, apiCalls, duplicates, deduplicationRate, averageNewPerCall } = figures;
  const { predictedCallsRemaining: left, costSoFar, failedCalls = 0, unreadable = 0 } = figures;
  const calls = callsText(apiCalls, words);
  const parts = [
    words.plain("cli-figures-of", { current, target, percent }),
    failedCalls === 0 ? calls : words.plain("cli-calls-failed", { calls, failed: failedCalls }),
    words.plain("cli-figures-duplicates", { count: duplicates, percent: deduplicationRate }),
    words.plain("cli-figures-new", { count: averageNewPerCall }),
    ...(unreadable === 0 ? [] : [unreadableText(unreadable, words)]),
    ...(left === undefined || left === 0
      ? []
      : [words.plain("cli-figures-left", { calls: callsText(left, words) })]),
    ...(costSoFar === undefined ? [] : [`$${costSoFar.toFixed(2)}`]),
  ];
  return parts.join(" · ");
}

/** What a request takes at least, and what that costs. */
export function estimateText(estimate: CollectionEstimate, words: Words): string {
  const { fewestCalls, leastCost, cautiousCost = leastCost, pricesAsOf = "", fromBefore } = estimate;
  const calls = callsText(fewestCalls, words);
  const spare = spareText(fromBefore, words);
  if (leastCost === undefined) return `${words.plain("cli-estimate", { calls })}${spare}`;
  const least = `$${leastCost.toFixed(2)}`;
  const most = `$${(cautiousCost ?? leastCost).toFixed(2)}`;
  const cost = cautiousCost === leastCost ? least : words.plain("cli-cost-range", { least, most });
  return `${words.plain("cli-estimate-cost", { calls, cost, day: pricesAsOf })}${spare}`;
}

/** What is there from earlier pages, as one more sentence; nothing where there is nothing. */
export function spareText(count: number, words: Words): string {
  return count === 0 ? "" : words.plain("cli-spare", { count });
}

function unreadableText(count: number, words: Words): string {
  return words.plain("cli-unreadable-rows", { count });
}

function callsText(count: number, words: Words): string {
  return words.plain("cli-calls", { count });
}

/** Why nothing happens for the moment, without a full stop. */
export function waitText(kind: CollectionWait["kind"], words: Words): string {
  return words.plain(`cli-wait-${kind}`);
}

/** What is worth a line of its own while it runs; undefined for the rest. */
export function collectionEventText(event: CollectionEvent, words: Words): string | undefined {
  switch (event.kind) {
    case "fault": {
      const { attempt, of, retryAt } = event;
      const told = { target: targetKey(event.target), why: words.reason(event.why) };
      const line =
        attempt === undefined
          ? words.plain("cli-fault", told)
          : words.plain("cli-fault-attempt", { ...told, attempt, of: of ?? attempt });
      if (retryAt === undefined) return line;
      return `${line}${words.plain("cli-fault-again", { until: untilText(retryAt, event.at, words) })}`;
    }
    case "page": {
      if (event.end === undefined) return undefined;
      const end = words.plain(`cli-target-end-${event.end}`);
      return words.plain("cli-target-end", { target: targetKey(event.target), end });
    }
    case "waiting": {
      const until = untilText(event.until, event.at, words);
      return words.plain("cli-wait-line", { wait: waitText(event.wait, words), until });
    }
    case "began":
    case "status":
      return undefined;
  }
}

/** Waits below this are told in seconds, in ms: a clock that shows minutes says nothing of them. */
const LONG_WAIT_MS = 120_000;

/** When something comes: `in 2.1 s`, or the moment by the clock where it is not soon. */
function untilText(until: number, now: number, words: Words): string {
  const ms = until - now;
  if (ms >= LONG_WAIT_MS) return words.plain("cli-until-moment", { moment: momentText(until, words) });
  return words.plain("cli-until-seconds", { seconds: Math.ceil(Math.max(0, ms) / 100) / 10 });
}

/** One target in one line, with what the source declared and didn't give. */
export function targetLine(state: TargetState, words: Words): string {
  const { target, found, sighted, declaredTotal, end = "open", lastFault, unreadable } = state;
  const gap = gapOf(state);
  const beside = [
    declaredTotal === undefined
      ? ""
      : words.plain("cli-target-declared", { count: sighted, total: declaredTotal }),
    gap === 0 ? "" : words.plain("cli-target-missing", { count: gap }),
    unreadable === 0 ? "" : words.plain("cli-target-unread", { rows: unreadableText(unreadable, words) }),
  ].join("");
  const told = { target: targetKey(target), count: found, beside };
  const line = words.plain("cli-target-line", { ...told, end: words.plain(`cli-target-end-${end}`) });
  if (end === "exhausted" || !lastFault) return line;
  return `${line}${words.plain("cli-target-trouble", { why: words.reason(lastFault.why) })}`;
}

/** From when it is what a request that is over says, where that is not just now; undefined elsewhere. */
export function asOfText({ list, request, targets }: LeadListView, words: Words): string | undefined {
  if (!request) return undefined;
  const ended = earlierEnds(request, targets);
  if (ended.length === 0) return undefined;
  return words.plain("cli-as-of", { day: words.date(Math.min(...ended)), list });
}

/** People the source declares and never showed; only told when it says that it has no more. */
export function gapOf({ end, declaredTotal = 0, sighted }: TargetState): number {
  return end === undefined ? 0 : Math.max(0, declaredTotal - sighted);
}
