/** How one list of leads stands, as its live message shows it: the very figures that every front end has. */
import { holdsPosts } from "../../../domain/collecting/collection.ts";
import type { AlsoIn, LeadListView, TargetState } from "../../../app/leads/leads.ts";
import { keyOf } from "../../campaign-key.ts";
import { listLabel } from "../../../words/list-label.ts";
import type { Words } from "../../../words/words.ts";
import type { LeadVerb } from "./lead-data.ts";
import { leadChoice } from "./lead-data.ts";
import { endText, itemsOf, leadFigureLines, standingLine } from "../../../words/lead-lines.ts";
import { percentDone, progressBar } from "../../../words/progress-bar.ts";
import type { Button, View } from "../view.ts";

/** Targets named in the message; the others are a number. */
const MOST_TARGETS = 8;

/** The live message of a list of leads. */
export function leadCard(view: LeadListView, words: Words): View {
  const paragraphs = [headLines(view, words), leadFigureLines(view, words), targetLines(view, words)];
  const text = paragraphs
    .map((lines) => lines.filter((line) => line !== undefined).join("\n"))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
  return { text, rows: leadButtons(view, words) };
}

/** What a request came to, as the chat is told at its end. */
export function leadEndText(view: LeadListView, also: readonly AlsoIn[], words: Words): string | undefined {
  const { request } = view;
  if (request?.status.kind !== "ended") return undefined;
  const list = labelOf(view);
  const counts = { list, count: request.delivered, total: request.count };
  const elsewhere = also.map(({ query, lists }) =>
    words.say("collect-also-in", { query, texts: words.codes(lists) }),
  );
  return [
    words.say("collect-ended", counts),
    endText(view, words),
    ...gapLines(view, words),
    ...elsewhere.slice(0, MOST_TARGETS),
  ].join("\n");
}

function labelOf({ list, targets }: LeadListView): string {
  return listLabel(
    list,
    targets.map(({ target }) => target.query),
  );
}

function headLines(view: LeadListView, words: Words): (string | undefined)[] {
  const { request, size } = view;
  const list = labelOf(view);
  if (!request)
    return [
      words.say("collect-card-idle", { list }),
      words.say("collect-size", { items: itemsOf(view), count: size }),
    ];
  const { delivered: count, count: total, status } = request;
  const bar = { bar: progressBar(count, total), percent: percentDone(count, total) };
  return [
    words.say(`collect-card-${status.kind}`, { list }),
    words.say("card-bar", bar),
    words.say("collect-count", { count, total }),
    standingLine(view, words),
  ];
}

function targetLines(view: LeadListView, words: Words): string[] {
  const gaps = view.request?.status.kind === "ended" ? gapLines(view, words) : [];
  return [...lineEach(view.targets, (one) => targetLine(one, words), words), ...gaps];
}

/** A line for each of the first targets, and one for how many more there are: a message holds 4096 characters. */
function lineEach(
  targets: readonly TargetState[],
  lineOf: (target: TargetState) => string,
  words: Words,
): string[] {
  const shown = targets.slice(0, MOST_TARGETS).map(lineOf);
  const count = targets.length - shown.length;
  return count > 0 ? [...shown, words.say("collect-targets-more", { count })] : shown;
}

function targetLine({ target, end, sighted, lastFault }: TargetState, words: Words): string {
  const source = words.plain(`source-${target.source}`);
  const facts = { source, query: target.query, count: sighted };
  if (end !== undefined)
    return words.say(`collect-target-${end}`, { ...facts, why: words.reason(lastFault?.why) });
  if (lastFault) return words.say("collect-target-fault", { ...facts, why: words.reason(lastFault.why) });
  return words.say("collect-target-open", facts);
}

/** A source that gave fewer people than it says there are is said so. */
function gapLines({ targets }: LeadListView, words: Words): string[] {
  const short = targets.filter(
    ({ end, declaredTotal = 0, sighted }) => end === "exhausted" && declaredTotal > sighted,
  );
  return lineEach(
    short,
    ({ target, declaredTotal = 0, sighted }) =>
      words.say("collect-gap", { query: target.query, count: sighted, total: declaredTotal }),
    words,
  );
}

/** Something was asked of the target, so that it can begin anew. */
export function isBegun({ calls, end }: TargetState): boolean {
  return calls > 0 || end !== undefined;
}

function leadButtons(view: LeadListView, words: Words): Button[][] {
  const { list, request, delivered, targets } = view;
  const button = (verb: LeadVerb): Button => ({
    label: words.plain(`button-leads-${verb}`),
    choice: leadChoice(verb, list),
  });
  const useLabel = holdsPosts(view) ? "button-leads-use-authors" : "button-leads-use";
  const use = { label: words.plain(useLabel), choice: `go:use-${keyOf(list)}` };
  const people = [[use], [button("export"), button("askSuppress")]];
  const withPeople = delivered > 0 ? people : [];
  const restart = targets.some(isBegun) ? [[button("targets")]] : [];
  switch (request?.status.kind) {
    case "running":
      return [[button("pause"), button("askCancel")], ...withPeople.slice(1)];
    case "paused":
      return [[button("resume"), button("askCancel")], ...withPeople, ...restart];
    case "ended":
    case undefined:
      return [...withPeople, ...restart];
  }
}
