/** `peyk leads`: the lists of leads, and what becomes of them. */
import type { LeadFormat, LeadListView, LeadsActionResult } from "../../app/leads/leads.ts";
import { SaidError } from "../../words/said-error.ts";
import { kpiRecord } from "../../domain/collecting/collection-kpis.ts";
import { joined } from "../../words/joined.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import { leadWords } from "../../words/file-words.ts";
import { endingText, targetRecords } from "./collect-ending.ts";
import { figuresLine, itemsOf, targetLine } from "./collect-lines.ts";
import type { Ending, Looking, Performing } from "../command.ts";
import { whoDid } from "../command.ts";
import { recorded } from "../taking-out.ts";
import { NO_FILE, writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import type { LookedAt, ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

/** Every list in a line. */
export async function listLeads({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const lists = await app.leads.lists();
  if (lists.length === 0) output.say(words.plain("cli-lists-none"));
  for (const one of lists) {
    const done = one.targets.filter(({ isCompleted }) => isCompleted).length;
    const items = words.plain(one.isOfPosts ? "cli-posts" : "cli-people");
    const told = { list: one.list, count: one.delivered, items };
    output.say(words.plain("cli-list-line", { ...told, done, total: one.targets.length }));
    output.record({ kind: "list", ...one });
  }
  return { exitCode: DONE, summary: { lists: lists.length } };
}

/** Everything about one list. */
export async function showLeads({ app, words }: LookedAt, list: string, output: Output): Promise<Ending> {
  const view = await viewOf(app.leads.view(list.toLowerCase()), list, words);
  const { request, delivered, size, figures } = view;
  output.say(
    words.plain("cli-list-delivered", {
      list: view.list,
      count: delivered,
      items: itemsOf(view, words),
      more: size - delivered,
    }),
  );
  for (const target of view.targets) {
    const at =
      target.lastPageAt === undefined
        ? ""
        : words.plain("cli-last-page", { moment: momentText(target.lastPageAt, words) });
    output.say(`  ${targetLine(target, words)}${at}`);
  }
  if (request) {
    const [figured, ending] = [figuresLine(view, words), endingText(view, words)];
    const line = words.plain("cli-request-line", { number: request.number, figures: figured, ending });
    output.say(`  ${line}`);
  }
  const exactCountTracking = await app.leads.metadata(view.list);
  const targets = targetRecords(view);
  const summary = { list: view.list, delivered, size, request, figures, targets, exactCountTracking };
  return { exitCode: DONE, summary };
}

/** Lets targets begin anew; beside a running Peyk through it. */
export async function resetLeads(
  { performing, words }: Pick<Ways, "performing" | "words">,
  { list: given, target }: { readonly list: string; readonly target?: string },
  output: Output,
): Promise<Ending> {
  const list = given.toLowerCase();
  const which = target === undefined ? {} : { target };
  const { result, byProcess } = await performing(
    { deed: "resetLeads", asked: { list, ...which } },
    `peyk leads status ${list}`,
  );
  refuse(result, { list: given, ...which }, words);
  const said =
    target === undefined
      ? words.plain("cli-begins-anew-all", { list: given })
      : words.plain("cli-begins-anew", { target });
  output.say(`${said}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { list: given, target, byProcess } };
}

interface Ways {
  readonly looking: Looking;
  readonly performing: Performing;
  readonly words: Words;
}

/** Ends the request under way; beside a running Peyk through it. */
export async function cancelLeads(
  { looking, performing, words }: Ways,
  given: string,
  output: Output,
): Promise<Ending> {
  const list = given.toLowerCase();
  const request = await looking(async ({ app }) => (await app.leads.view(list))?.request?.number);
  const asked = { list, ...(request === undefined ? {} : { request }) };
  const { result, byProcess } = await performing({ deed: "cancelLeads", asked }, `peyk leads status ${list}`);
  refuse(result, { list: given }, words);
  output.say(`${words.plain("cli-request-over", { list: given })}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { list: given, byProcess } };
}

/** Writes everybody delivered to a file. */
export async function exportLeadList(
  { app, words, keep }: LookedAt,
  {
    list,
    format,
    out,
    parts,
  }: {
    readonly list: string;
    readonly format: LeadFormat;
    readonly out?: string;
    readonly parts: Pick<ProgramParts, "takingOut" | "words">;
  },
  output: Output,
): Promise<Ending> {
  const file = await app.leads.exportLeads(list.toLowerCase(), leadWords(words), format);
  if (!file) throw unknownList(list, words);
  const about = { list: list.toLowerCase(), what: [format] };
  const path = await recorded(parts, { deed: "exportLeads", about }, () =>
    writtenTo({ out, output, words, keep }, file),
  );
  if (path !== NO_FILE) output.say(words.plain("cli-written", { path }));
  const exactCountTracking = await app.leads.metadata(list.toLowerCase());
  return { exitCode: DONE, summary: { list, format, path, exactCountTracking } };
}

/** How well collecting works over all requests. */
export async function showKpis({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const kpis = await app.leads.kpis();
  const { jobsProcessed, exactCountAchieved, accuracyRate, averageApiCallsPerJob, lastUpdated } = kpis;
  output.say(
    words.plain("cli-kpis-requests", {
      count: jobsProcessed,
      exact: exactCountAchieved,
      percent: accuracyRate,
    }),
  );
  const seconds = Math.round(kpis.averageProcessingTime / 100) / 10;
  output.say(`  ${words.plain("cli-kpis-average", { calls: averageApiCallsPerJob, seconds })}`);
  const top = kpis.topKeywords.map(({ keyword, jobs }) =>
    words.plain("cli-kpis-keyword", { keyword, count: jobs }),
  );
  if (top.length > 0) output.say(`  ${words.plain("cli-kpis-top", { keywords: joined(top, words) })}`);
  if (lastUpdated !== undefined)
    output.say(`  ${words.plain("cli-kpis-last", { moment: momentText(lastUpdated, words) })}`);
  return { exitCode: DONE, summary: { ...kpis, ...kpiRecord(kpis) } };
}

async function viewOf(
  view: Promise<LeadListView | undefined>,
  list: string,
  words: Words,
): Promise<LeadListView> {
  const found = await view;
  if (!found) throw unknownList(list, words);
  return found;
}

function refuse(
  result: LeadsActionResult,
  { list, target = "" }: { list: string; target?: string },
  words: Words,
): void {
  if (result.ok) return;
  if (result.problem === "unknownList") throw unknownList(list, words);
  if (result.problem === "unknownTarget") throw new SaidError(words.plain("cli-no-target", { list, target }));
  throw new SaidError(words.plain("cli-no-request", { list }));
}

function unknownList(list: string, words: Words): SaidError {
  return new SaidError(words.plain("cli-no-list", { list }));
}
