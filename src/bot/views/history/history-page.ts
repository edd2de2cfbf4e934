/** The history as the chat shows it: newest first, a page at a time, all of it, a campaign's or what was done to somebody. */
import { historyProblem } from "../../../app/health/history-problem.ts";
import type { HistoryDeed } from "../../../app/history/history.ts";
import type { ChainState } from "../../../domain/history/chain.ts";
import { deedLine } from "../../../words/history-lines.ts";
import type { Words } from "../../../words/words.ts";
import { keyOf } from "../../campaign-key.ts";
import type { Button, View } from "../view.ts";

const LINES_A_PAGE = 10;

/** What is looked at. */
export type HistoryOf =
  | { readonly kind: "all" }
  | { readonly kind: "campaign"; readonly id: string }
  | { readonly kind: "person"; readonly name: string };

/** @param page From 0; beyond the last one: the last one */
export function historyPage(
  deeds: readonly HistoryDeed[],
  { of, page, state }: { readonly of: HistoryOf; readonly page: number; readonly state: ChainState },
  words: Words,
): View {
  const last = Math.max(0, Math.ceil(deeds.length / LINES_A_PAGE) - 1);
  const at = Math.min(page, last);
  const shown = deeds.slice(at * LINES_A_PAGE, (at + 1) * LINES_A_PAGE);
  const to = (next: number, label: string): Button => ({
    label: words.plain(label),
    choice: historyChoice(of, next),
  });
  return {
    text: [
      headingOf(of, deeds.length, words),
      ...brokenLines(state, words),
      ...shown.map((deed) => deedLine(deed, words)),
    ].join("\n\n"),
    rows: [
      [
        ...(at > 0 ? [to(at - 1, "button-page-before")] : []),
        ...(at < last ? [to(at + 1, "button-page-after")] : []),
      ],
      deeds.length > 0 ? [{ label: words.plain("button-history-file"), choice: fileChoice(of) }] : [],
    ],
  };
}

/** What the doctor says of it, where it is not whole. */
function brokenLines(state: ChainState, words: Words): string[] {
  const problem = historyProblem(state, { say: (id, told) => words.plain(id, told) });
  return problem === undefined ? [] : [words.say("deeds-not-whole", { problem })];
}

function headingOf(of: HistoryOf, count: number, words: Words): string {
  switch (of.kind) {
    case "all":
      return words.say("deeds-heading", { count });
    case "campaign":
      return words.say("deeds-of-campaign", { count, id: of.id });
    case "person":
      return words.say("deeds-of-person", { count, name: of.name });
  }
}

/** Data of a button: `h:<page>:<of>`, where `of` is empty, the key of a campaign, or a name behind an @. */
export function historyChoice(of: HistoryOf, page: number): string {
  return `h:${page}:${shortOf(of)}`;
}

function fileChoice(of: HistoryOf): string {
  return `h:file:${shortOf(of)}`;
}

function shortOf(of: HistoryOf): string {
  if (of.kind === "campaign") return keyOf(of.id);
  return of.kind === "person" ? `@${of.name}` : "";
}

export interface HistoryPress {
  /** Undefined: the file is wanted. */
  readonly page?: number;
  readonly campaignKey?: string;
  readonly person?: string;
}

/** Undefined when it is no button of the history. */
export function readHistoryPress(data: string): HistoryPress | undefined {
  const [, page, person, campaignKey] = /^h:(\d{1,6}|file):(?:@(\S{1,48})|(\S{10}))?$/.exec(data) ?? [];
  if (page === undefined) return undefined;
  return {
    ...(page === "file" ? {} : { page: Number(page) }),
    ...(person === undefined ? {} : { person }),
    ...(campaignKey === undefined ? {} : { campaignKey }),
  };
}
