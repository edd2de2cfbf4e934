/** `peyk leads`: the lists of leads, and what becomes of them. */
import { NO_FILE } from "../../app/campaigns/results-file.ts";
import type { LeadListView, LeadsActionResult, LeadsFile } from "../../app/leads/leads.ts";
import { ValidationError } from "../../domain/errors.ts";
import { kpiRecord } from "../../domain/collecting/collection-kpis.ts";
import { leadWords } from "../../words/file-words.ts";
import { momentText } from "../campaigns/campaign-lines.ts";
import { endingText, targetRecords } from "./collect-ending.ts";
import { figuresLine, itemsOf, targetLine } from "./collect-lines.ts";
import type { Ending } from "../command.ts";
import { writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import type { LookedAt, OpenPeyk } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

/** Every list in a line. */
export async function listLeads({ app }: LookedAt, output: Output): Promise<Ending> {
  const lists = await app.leads.lists();
  if (lists.length === 0) output.say("There are no lists yet. peyk collect --help shows how to begin.");
  for (const one of lists) {
    const done = one.targets.filter(({ isCompleted }) => isCompleted).length;
    output.say(
      `${one.list}: ${one.delivered} ${one.isOfPosts ? "posts" : "people"}, ${done} of ${one.targets.length} targets completed`,
    );
    output.record({ kind: "list", ...one });
  }
  return { exitCode: DONE, summary: { lists: lists.length } };
}

/** Everything about one list. */
export async function showLeads({ app, words }: LookedAt, list: string, output: Output): Promise<Ending> {
  const view = await viewOf(app.leads.view(list.toLowerCase()), list);
  const { request, delivered, size, figures } = view;
  output.say(
    `${view.list}: ${delivered} ${itemsOf(view)} delivered, ${size - delivered} more from the pages they came on.`,
  );
  for (const target of view.targets) {
    const at = target.lastPageAt === undefined ? "" : ` Last page: ${momentText(target.lastPageAt, words)}.`;
    output.say(`  ${targetLine(target, words)}${at}`);
  }
  if (request) output.say(`  Request ${request.number}: ${figuresLine(view)}. ${endingText(view, words)}`);
  const exactCountTracking = await app.leads.metadata(view.list);
  const targets = targetRecords(view);
  const summary = { list: view.list, delivered, size, request, figures, targets, exactCountTracking };
  return { exitCode: DONE, summary };
}

/** Lets targets begin anew. */
export async function resetLeads(
  { app }: OpenPeyk,
  { list, target }: { readonly list: string; readonly target?: string },
  output: Output,
): Promise<Ending> {
  refuse(await app.leads.reset(list.toLowerCase(), target), {
    list,
    ...(target === undefined ? {} : { target }),
  });
  output.say(`${target ?? `Every target of ${list}`} begins anew. Nobody becomes a second lead.`);
  return { exitCode: DONE, summary: { list, target } };
}

/** Ends the request under way. */
export async function cancelLeads({ app }: OpenPeyk, list: string, output: Output): Promise<Ending> {
  refuse(await app.leads.cancel(list.toLowerCase()), { list });
  output.say(`The request is over. What it has stays in ${list}.`);
  return { exitCode: DONE, summary: { list } };
}

/** Writes everybody delivered to a file. */
export async function exportLeadList(
  { app, words }: LookedAt,
  {
    list,
    format,
    out,
  }: { readonly list: string; readonly format: LeadsFile["format"]; readonly out?: string },
  output: Output,
): Promise<Ending> {
  const path = await writtenTo({ out, output }, (place) =>
    app.leads.exportLeads(list.toLowerCase(), leadWords(words), { format, ...place }),
  );
  if (path === undefined) throw unknownList(list);
  if (path !== NO_FILE) output.say(`Written: ${path}`);
  const exactCountTracking = await app.leads.metadata(list.toLowerCase());
  return { exitCode: DONE, summary: { list, format, path, exactCountTracking } };
}

/** How well collecting works over all requests. */
export function showKpis({ app, words }: LookedAt, output: Output): Ending {
  const kpis = app.leads.kpis();
  const { jobsProcessed, exactCountAchieved, accuracyRate, averageApiCallsPerJob, lastUpdated } = kpis;
  output.say(
    `Requests: ${jobsProcessed}, ${exactCountAchieved} with exactly their number (${accuracyRate}%).`,
  );
  output.say(
    `  ${averageApiCallsPerJob} calls and ${(kpis.averageProcessingTime / 1000).toFixed(1)} s on average.`,
  );
  const top = kpis.topKeywords.map(({ keyword, jobs }) => `${keyword} (${jobs})`).join(", ");
  if (top !== "") output.say(`  Most asked for: ${top}`);
  if (lastUpdated !== undefined) output.say(`  Last: ${momentText(lastUpdated, words)}`);
  return { exitCode: DONE, summary: { ...kpis, ...kpiRecord(kpis) } };
}

async function viewOf(view: Promise<LeadListView | undefined>, list: string): Promise<LeadListView> {
  const found = await view;
  if (!found) throw unknownList(list);
  return found;
}

function refuse(result: LeadsActionResult, { list, target }: { list: string; target?: string }): void {
  if (result.ok) return;
  if (result.problem === "unknownList") throw unknownList(list);
  if (result.problem === "unknownTarget")
    throw new ValidationError(`${list} has no target ${target ?? ""}. peyk leads status ${list} names them.`);
  throw new ValidationError(`${list} has no request under way.`);
}

function unknownList(list: string): ValidationError {
  return new ValidationError(`There is no list ${JSON.stringify(list)}. peyk leads shows those there are.`);
}
