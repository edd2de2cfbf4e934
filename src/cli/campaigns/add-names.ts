/**
 * `peyk add-names ID --list FILE`: names join a campaign that runs, waits or is paused; beside a running Peyk through it. The
 * list is read as `peyk send` reads it, and who joins is said first; nobody joins without a word on where the permission to
 * write to them comes from.
 */
import type { Command } from "commander";
import type { GivenRow, NamesPreview } from "../../app/campaigns/adding-names.ts";
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { Planner } from "../../app/drafts/planner.ts";
import type { ListReport } from "../../app/lists/list-report.ts";
import type { Campaign } from "../../domain/campaign.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { namesProblem, previewLines } from "../../words/names-words.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Performing, Planning, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import { knownSource } from "../audiences/known-source.ts";
import { listProblemText, reportLines } from "../lists/list-lines.ts";
import type { ListOptions } from "../lists/list-options.ts";
import { addListOptions, choicesOf, unanswered } from "../lists/list-options.ts";
import type { Output } from "../output.ts";
import { DONE } from "../program-parts.ts";
import { consentOf } from "./prepare-send.ts";
import { checkSendOptions, sourceOf } from "./send-request.ts";
import { unknownCampaign } from "./status.ts";

/** Whose word it is, as of all that is done here. */
const BY = "command line";

interface AddOptions extends Json, ListOptions {
  readonly list: string;
  readonly consent?: string;
  readonly dryRun?: boolean;
}

interface Ways {
  readonly planning: Planning;
  readonly performing: Performing;
  readonly words: Words;
}

export function addAddNames(program: Command, run: Run, ways: Ways): void {
  const { words } = ways;
  const command = program
    .command("add-names")
    .description(words.plain("cli-command-add-names"))
    .argument("<id>", words.plain("cli-argument-id"))
    .requiredOption("--list <file>", words.plain("cli-option-list"));
  addListOptions(command, words)
    .option("--consent <text>", words.plain("cli-option-consent"))
    .option("--dry-run", words.plain("cli-option-names-dry-run"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, options: AddOptions) =>
      run("add-names", options.json, (output) => addNames(id, options, { ...ways, output })),
    );
}

interface Doing extends Ways {
  readonly output: Output;
}

/** @throws {SaidError} saying why nobody joined */
async function addNames(given: string, options: AddOptions, doing: Doing): Promise<Ending> {
  const { planning, words } = doing;
  await checkSendOptions({ list: options.list, channel: "" }, words);
  return planning(async ({ app }) => {
    const campaign = campaignMeant(await app.campaigns(), given);
    if (!campaign) throw await unknownCampaign(app, given, words);
    const channel = (await app.channels()).find(({ name }) => name === campaign.channel);
    const { name, reachesPeople } = channel ?? { name: campaign.channel, reachesPeople: true };
    const statement = consentOf(options, { channel: { name, reachesPeople }, existing: undefined, words });
    const report = await readList(app, campaign, { options, doing });
    const preview = await app.previewNames(campaign.id, report.listId);
    if (!preview) throw new SaidError(words.plain("cli-gone"));
    sayPreview(campaign.id, preview, doing);
    if (options.dryRun) return { exitCode: DONE, summary: { taskId: campaign.id, ...preview, dryRun: true } };
    const rows: GivenRow[] = [];
    for await (const row of app.listRows(report.listId)) rows.push(row);
    return add(campaign.id, { report, rows, statement }, doing);
  });
}

interface Reading {
  readonly options: AddOptions;
  readonly doing: Doing;
}

async function readList(
  app: Pick<Planner, "importList" | "audiences">,
  { id: campaignId, channel }: Campaign,
  { options, doing: { output, words } }: Reading,
): Promise<ListReport> {
  const { list } = options;
  const source = await knownSource(app, sourceOf(list), { channel, words });
  const request = { source, campaignId, channel, choices: choicesOf(options) };
  const result = await app.importList(request);
  if (result.kind === "problem") {
    if (result.problem === "question") throw unanswered(result.question, { file: list, output, words });
    throw new SaidError(listProblemText(result, list, words));
  }
  for (const line of reportLines(result, words)) output.say(line);
  output.record({ ...result, kind: "list" });
  return result;
}

/** @throws {SaidError} when nobody can join by the list */
function sayPreview(id: string, preview: NamesPreview, { output, words }: Doing): void {
  const problem = namesProblem(preview, id);
  if (problem) throw new SaidError(textOfHtml(problem(words)));
  for (const line of previewLines(preview, words)) output.say(textOfHtml(line));
  output.record({ ...preview, kind: "plan", taskId: id });
}

interface Joining {
  readonly report: ListReport;
  readonly rows: readonly GivenRow[];
  readonly statement: string | undefined;
}

async function add(
  campaignId: string,
  { report, rows, statement }: Joining,
  { performing, output, words }: Doing,
): Promise<Ending> {
  const { columns, origin } = report;
  const said = { campaignId, columns, rows, origin, by: BY };
  const { result, byProcess } = await performing(
    { deed: "addNames", asked: { ...said, ...(statement === undefined ? {} : { statement }) } },
    `peyk status ${campaignId}`,
  );
  if (!result.ok) {
    const names = result.problem === "columns" ? words.codes(result.missing) : "";
    throw new SaidError(textOfHtml(words.say(`names-refused-${result.problem}`, { id: campaignId, names })));
  }
  const { added, known, left } = result;
  output.say(textOfHtml(words.say("names-added", { id: campaignId, added, known, left })));
  output.say(
    byProcess === undefined
      ? words.plain("cli-names-later", { id: campaignId })
      : whoDid(byProcess, words).trim(),
  );
  return { exitCode: DONE, summary: { taskId: campaignId, added, known, left, byProcess } };
}
