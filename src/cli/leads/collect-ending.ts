/** How `peyk collect` says what became of a request: in words, as a record for machines, and as an exit code. */
import type { LeadListView, Leads } from "../../app/leads/leads.ts";
import type { CollectionPause } from "../../domain/collecting/collection.ts";
import { targetKey } from "../../domain/collecting/lead.ts";
import { joinedNames } from "../../words/joined.ts";
import { asOfText, endText, figuresLine, gapOf, itemsOf, targetLine, waitText } from "./collect-lines.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import type { Words } from "../../words/words.ts";
import type { Ending } from "../command.ts";
import type { Output } from "../output.ts";
import { DONE, FAILED, UNFINISHED } from "../program-parts.ts";

/** What telling needs. */
export interface Told {
  readonly leads: Leads;
  readonly output: Output;
  readonly words: Words;
  readonly begun: string;
}

/** Tells how a request stands, and makes its record. */
export async function endingOf(view: LeadListView, { leads, output, words, begun }: Told): Promise<Ending> {
  const { list, request, figures } = view;
  output.end();
  if (!request || !figures) return { exitCode: UNFINISHED, summary: { list } };
  const { status, delivered, count } = request;
  const why = endingText(view, words);
  output.say(
    words.plain("cli-ending", {
      list,
      count: delivered,
      items: itemsOf(view, words),
      total: count,
      why,
    }),
  );
  for (const number of request.targets) {
    const target = view.targets[number];
    const { got, perTarget = count } = request;
    const share =
      perTarget === count ? "" : words.plain("cli-share", { count: got[number] ?? 0, total: perTarget });
    if (target) output.say(`  ${targetLine(target, words)}${share}`);
  }
  output.say(`  ${figuresLine(view, words)}`);
  for (const { query, lists } of await leads.alsoIn(list))
    output.say(words.plain("cli-also-in", { query, lists: joinedNames(lists, words) }));
  const asOf = asOfText(view, words);
  if (asOf !== undefined) output.say(`  ${asOf}`);
  const isOver = status.kind === "ended";
  if (begun === "toldAgain" && isOver) output.say(`  ${words.plain("cli-once-more")}`);
  if (isOver && delivered > 0) output.say(`  ${words.plain("cli-export-hint", { list })}`);
  const summary = {
    list,
    request: request.number,
    begun,
    count,
    delivered,
    end: status.kind === "ended" ? status.end : status.kind === "paused" ? status.pause.kind : "interrupted",
    why: withoutDirectionMarks(why),
    ...figures,
    statistics: statisticsOf(request, figures),
    targets: targetRecords(view),
    exactCountTracking: await leads.metadata(list, request.number),
  };
  return { exitCode: exitCodeOf(view), summary };
}

/** What was found and what was there already, in the words that machines read. */
function statisticsOf(
  { found }: NonNullable<LeadListView["request"]>,
  { duplicates, deduplicationRate }: NonNullable<LeadListView["figures"]>,
) {
  return { unique: found, duplicatesSkipped: duplicates, deduplicationRate };
}

/**
 * Wrong input where a target is not there and people are missing for it; not done where it may go on: paused,
 * interrupted, cancelled, or ended by an answer that nobody can rely on.
 */
function exitCodeOf({ request, targets }: LeadListView): number {
  if (request?.status.kind !== "ended") return UNFINISHED;
  const { end } = request.status;
  if (end === "cancelled" || end === "emptyPages" || end === "unclear") return UNFINISHED;
  const isShort = request.delivered < request.count;
  const isWrong = request.targets.some((number) => targets[number]?.end === "gone");
  return isShort && isWrong ? FAILED : DONE;
}

/** Why a request stands still, for people. */
export function endingText({ request, wait }: LeadListView, words: Words): string {
  const status = request?.status;
  if (status?.kind === "ended") return endText(status.end, words);
  if (status?.kind === "paused") return pauseText(status.pause, words);
  if (wait) {
    const told = { wait: waitText(wait.kind, words) };
    if (wait.why === undefined) return words.plain("cli-wait-end", told);
    return words.plain("cli-wait-end-why", { ...told, why: words.reason(wait.why) });
  }
  return words.plain("cli-ending-interrupted");
}

function pauseText(pause: CollectionPause, words: Words): string {
  switch (pause.kind) {
    case "operator":
      return words.plain("cli-ending-paused");
    case "restored":
      return words.plain("cli-ending-restored");
    case "accessLost":
    case "creditsGone":
    case "storage":
      return words.plain("cli-ending-paused-why", { why: words.reason(pause.why) });
  }
}

/** The targets as machines get them; the names are those of `pagination_state.json`. */
export function targetRecords({ targets }: LeadListView): object[] {
  return targets.map((state) => ({
    key: targetKey(state.target),
    type: state.target.source,
    collected: state.found,
    completed: state.end === "exhausted",
    end: state.end,
    endedAt: state.endedAt === undefined ? undefined : new Date(state.endedAt).toISOString(),
    calls: state.calls,
    failedCalls: state.calls - state.pages,
    rows: state.rows,
    duplicates: state.duplicates,
    unreadable: state.unreadable,
    sample: state.sample,
    last_processed: state.lastPageAt === undefined ? null : new Date(state.lastPageAt).toISOString(),
    declaredTotal: state.declaredTotal,
    notShown: gapOf(state),
    cursor: state.cursor,
  }));
}

/** Sums up the requests of a suite. */
export function suiteEnding(
  endings: readonly Ending[],
  wanted: number,
  { output, words }: Pick<Told, "output" | "words">,
): Ending {
  const runs = endings.map(({ summary }) => summary);
  const exact = runs.filter((run) => "end" in run && run.end === "targetReached").length;
  output.say(words.plain("cli-suite", { exact, count: wanted }));
  const exitCode = endings.at(-1)?.exitCode ?? DONE;
  return { exitCode, summary: { runs, exactRuns: exact, wantedRuns: wanted } };
}
