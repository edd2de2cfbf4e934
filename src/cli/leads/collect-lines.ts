/** How a collection is told on the command line. */
import type {
  CollectResult,
  CollectionEnd,
  CollectionEstimate,
  CollectionEvent,
  CollectionWait,
  LeadListView,
  TargetProblem,
  TargetState,
} from "../../app/leads/leads.ts";
import { earlierEnds, holdsPosts } from "../../domain/collecting/collection.ts";
import { targetKey } from "../../domain/collecting/lead.ts";
import { momentText } from "../campaigns/campaign-lines.ts";
import type { Words } from "../../words/words.ts";

/** Why a request is over. */
export const endWords: Readonly<Record<CollectionEnd, string>> = {
  targetReached: "That is all that was asked for.",
  sourceExhausted: "The source has no more.",
  noNewPeople: "The last pages brought nothing new.",
  emptyPages:
    "Page after page was empty, and the source says that there is more. The same command goes on there.",
  cursorLoop: "The source began to repeat its pages.",
  unclear: "The source's answers can't be relied on. The same command goes on where it stopped.",
  targetGone:
    "There is nothing there: no such name, private, or deleted. Once that is mended, the same command goes on.",
  callLimit: "The limit on calls is reached.",
  creditsGone: "The source wants to be paid first.",
  accessLost: "The source does not accept its key.",
  cancelled: "It was cancelled.",
};

const problemWords: Readonly<Record<TargetProblem, string>> = {
  empty: "is empty",
  notAName: "is no name of an account",
  notAPost: "is no link to a post",
  notASearch: "is neither a hashtag nor a keyword",
  tooLong: "is too long",
};

/** One sentence on why a request can't begin. */
export function refusalText(
  refusal: Extract<CollectResult, { ok: false }>,
  sources: readonly string[],
): string {
  switch (refusal.problem) {
    case "unknownSource": {
      const setting = settingOf(refusal.source);
      const missing = setting === undefined ? "" : ` It needs ${setting}; .env.example says how.`;
      return `${refusal.source} is not set up here.${missing} There is: ${sources.join(", ")}.`;
    }
    case "badTarget":
      return `${JSON.stringify(shortened(refusal.text))} ${problemWords[refusal.reason]}.`;
    case "badCount":
      return "--count takes a whole number from 1.";
    case "badListName":
      return "--list takes letters, digits, _, - and ., 64 at most, and no name that ends in .jsonl.";
    case "otherKind":
      return `${refusal.list} holds people or posts, and never both: name another list with --list.`;
    case "badTime":
      return `It was asked for ${refusal.next - 1} times so far: --again ${refusal.next} is the next one.`;
    case "busy":
      return (
        `${refusal.list} is busy with a request for ${refusal.count}. The command that began it goes on with it; ` +
        `peyk leads cancel ${refusal.list} ends it.`
      );
  }
}

/** The setting without which a source is not there; undefined for a name that no source has. */
function settingOf(source: string): string | undefined {
  if (source === "tiktok") return "TIKTOK_API_KEY";
  if (source === "bluesky-posts") return "BLUESKY_IDENTIFIER and BLUESKY_APP_PASSWORD";
  return /^x-(followers|repliers|posts)$/.test(source) ? "X_ACCOUNTS_FILE" : undefined;
}

/** What a list holds, as a word. */
export function itemsOf(view: Pick<LeadListView, "targets">): "posts" | "people" {
  return holdsPosts(view) ? "posts" : "people";
}

const LONGEST_SHOWN = 60;

function shortened(text: string): string {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return letters.length <= LONGEST_SHOWN ? text : `${letters.slice(0, LONGEST_SHOWN).join("")}…`;
}

/** How far a request is, in one line. */
export function figuresLine({ figures }: LeadListView): string {
  if (!figures) return "";
  const { current, target, percent, apiCalls, duplicates, deduplicationRate, averageNewPerCall } = figures;
  const { predictedCallsRemaining: left, costSoFar, failedCalls = 0, unreadable = 0 } = figures;
  const parts = [
    `${current} of ${target} (${percent}%)`,
    failedCalls === 0 ? callsText(apiCalls) : `${callsText(apiCalls)} (${failedCalls} failed)`,
    `${duplicates} duplicates skipped (${deduplicationRate}%)`,
    `${averageNewPerCall} new a page`,
    ...(unreadable === 0 ? [] : [unreadableText(unreadable)]),
    ...(left === undefined || left === 0 ? [] : [`about ${callsText(left)} more`]),
    ...(costSoFar === undefined ? [] : [`$${costSoFar.toFixed(2)}`]),
  ];
  return parts.join(" · ");
}

/** What a request takes at least, and what that costs. */
export function estimateText(estimate: CollectionEstimate): string {
  const { fewestCalls, leastCost, cautiousCost = leastCost, pricesAsOf, fromBefore } = estimate;
  const spare = fromBefore === 0 ? "" : ` ${fromBefore} are there from earlier pages.`;
  const range = cautiousCost === leastCost ? "" : ` to $${cautiousCost?.toFixed(2)}`;
  const cost =
    leastCost === undefined ? "" : ` and $${leastCost.toFixed(2)}${range} by the prices of ${pricesAsOf}`;
  return `It takes at least ${callsText(fewestCalls)}${cost}.${spare}`;
}

function unreadableText(rows: number): string {
  return rows === 1 ? "1 row without a readable author" : `${rows} rows without a readable author`;
}

function callsText(calls: number): string {
  return calls === 1 ? "1 call" : `${calls} calls`;
}

/** Why nothing happens for the moment, without a full stop. */
export const waitWords: Readonly<Record<CollectionWait["kind"], string>> = {
  rateLimit: "The source asks for patience",
  callLimit: "The source allows no more calls for the moment",
  cycle: "This cycle has its number, the next one comes at its time",
  unavailable: "The source could not be reached",
};

/** What is worth a line of its own while it runs; undefined for the rest. */
export function collectionEventText(event: CollectionEvent, words: Words): string | undefined {
  switch (event.kind) {
    case "fault": {
      const { attempt, of, retryAt, why } = event;
      const which = attempt === undefined ? "" : ` (attempt ${attempt} of ${of ?? attempt})`;
      const again = retryAt === undefined ? "" : ` It is asked again ${untilText(retryAt, event.at, words)}.`;
      return `${targetKey(event.target)}: ${words.reason(why)}${which}.${again}`;
    }
    case "page":
      return event.end === undefined ? undefined : `${targetKey(event.target)}: ${targetEndWords[event.end]}`;
    case "waiting":
      return `${waitWords[event.wait]}. It goes on ${untilText(event.until, event.at, words)}.`;
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
  return ms < LONG_WAIT_MS
    ? `in ${Math.ceil(Math.max(0, ms) / 100) / 10} s`
    : `at ${momentText(until, words)}`;
}

const targetEndWords = {
  exhausted: "no more.",
  noNewPeople: "nothing new on the last pages.",
  emptyPages: "only empty pages for now.",
  cursorLoop: "repeats its pages.",
  unclear: "its answers can't be relied on.",
  gone: "is not there.",
  twin: "the same as another target of the list, which goes on in its place.",
} as const;

/** One target in one line, with what the source declared and didn't give. */
export function targetLine(state: TargetState, words: Words): string {
  const { target, found, sighted, declaredTotal, end, lastFault, unreadable } = state;
  const gap = gapOf(state);
  const declared = declaredTotal === undefined ? "" : `, ${sighted} seen of ${declaredTotal} declared`;
  const missing = gap === 0 ? "" : ` (${gap} were not shown)`;
  const how = end === undefined ? "has more." : targetEndWords[end];
  const unread = unreadable > 0 ? `, ${unreadableText(unreadable)}` : "";
  const trouble = end === "exhausted" || !lastFault ? "" : ` Last trouble: ${words.reason(lastFault.why)}.`;
  return `${targetKey(target)}: ${found} collected${declared}${missing}${unread}; ${how}${trouble}`;
}

/** From when it is what a request that is over says, where that is not just now; undefined elsewhere. */
export function asOfText({ list, request, targets }: LeadListView, words: Words): string | undefined {
  if (!request) return undefined;
  const ended = earlierEnds(request, targets);
  if (ended.length === 0) return undefined;
  const day = words.date(Math.min(...ended));
  return `That there is no more is as of ${day}; peyk leads reset ${list} asks anew.`;
}

/** People the source declares and never showed; only told when it says that it has no more. */
export function gapOf({ end, declaredTotal = 0, sighted }: TargetState): number {
  return end === undefined ? 0 : Math.max(0, declaredTotal - sighted);
}
