/** The words and options of `peyk collect` and `peyk leads`. */
import type { Command } from "commander";
import { Argument, InvalidArgumentError, Option } from "commander";
import type { LeadsFile } from "../../app/leads/leads.ts";
import { leadFormats } from "../../app/leads/leads.ts";
import type { CollectOptions } from "./collect.ts";
import { collectLeads } from "./collect.ts";
import type { AtRest, Json, Looking, Run } from "../command.ts";
import { cancelLeads, exportLeadList, listLeads, resetLeads, showKpis, showLeads } from "./leads.ts";
import type { ProgramParts } from "../program-parts.ts";

const COLLECT_HELP = `
Collects exactly N different people, or posts, and stops; fewer only when the source has no more, and then says so. Stopped or
killed, the same command goes on at the page where it was, a suite at the count where it was. Once it is over, the same
command tells how it ended and asks nothing of the source; --again 2 collects as many others once more, and so does
peyk leads reset followed by the same command. What a page brings beyond N waits for the next request.
Without --cycle-minutes and --cycle-leads the pages follow one another; with either it goes in cycles (20 minutes, 1000
leads unless COLLECT_CYCLE_MINUTES and COLLECT_CYCLE_LEADS say otherwise).

Posts are searched by hashtag or keyword (x-posts, bluesky-posts): --per-target says how many of each, 500 unless
POSTS_PER_HASHTAG says otherwise; a post counts for the first target that brings it. Quote hashtags: a bare # begins a
comment in a shell. --dry-run says beforehand what it takes, and what that costs.

Exit codes: 0 the number is reached or the source has no more, 1 wrong input or a target that is not there, 3 paused,
interrupted, or the source's answers can't be relied on: the same command goes on.

Examples:
  $ peyk collect tiktok "coffee" --count 1500
  $ peyk collect bluesky-followers mira.bsky.social tomas.bsky.social --count 500 --list roasters
  $ peyk collect x-posts "#coffee" "#tea" --per-target 500
  $ peyk collect x-repliers https://x.com/mira/status/1234567890 --count 100 --max-calls 20`;

/** Adds `collect` and `leads` to the program. */
export function addLeads(
  program: Command,
  { run, parts, ...ways }: Ways & { readonly parts: ProgramParts },
): void {
  program
    .command("collect")
    .description("collect an exact number of different people or posts from a source")
    .addArgument(new Argument("<source>", "x-followers, x-repliers, x-posts, tiktok, bluesky-followers …"))
    .argument("<targets...>", "accounts, posts, hashtags or keywords; several take turns")
    .option("--count <n>", "how many different people or posts, of all targets together", wholeNumber)
    .option("--per-target <n>", "how many of each target", wholeNumber)
    .option("--suite <list>", "several counts one after another, e.g. 50,100,250", wholeNumbers)
    .option(
      "--again <n>",
      "the same request for the n-th time, from 2; without it one that is over is told again",
      wholeNumber,
    )
    .option("--list <name>", "the list they go into; made from the targets when absent")
    .option("--max-calls <n>", "pages asked of the source at most", wholeNumber)
    .option("--test", "five pages at most")
    .option("--dry-run", "say what it takes and costs at least, and ask nothing of the source")
    .option("--cycle-minutes <n>", "collect in cycles, one every so many minutes", wholeNumber)
    .option("--cycle-leads <n>", "people or posts a cycle at most", wholeNumber)
    .option("--json", "one JSON object a line")
    .addHelpText("after", COLLECT_HELP)
    .action((source: string, targets: string[], options: CollectOptions) =>
      run("collect", options.json, (output) => collectLeads({ source, targets, options }, output, parts)),
    );
  addListCommands(program, { run, ...ways });
}

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly atRest: AtRest;
}

function addListCommands(program: Command, { run, looking, atRest }: Ways): void {
  const leads = program
    .command("leads")
    .description("lists of people and posts that were collected")
    .option("--json", "one JSON object a line")
    .action(({ json }: Json) => run("leads", json, (output) => looking((peyk) => listLeads(peyk, output))));
  leads
    .command("status")
    .description("everything about one list: its targets, its last request, every call")
    .argument("<list>")
    .action((list: string, _: Json, command: Command) =>
      run("leads status", isJson(command), (output) => looking((peyk) => showLeads(peyk, list, output))),
    );
  leads
    .command("reset")
    .description("let the targets begin anew, at their first page; nobody becomes a second lead")
    .argument("<list>")
    .option("--target <key>", "only this one, e.g. followers_mira")
    .action((list: string, options: { readonly target?: string }, command: Command) =>
      run("leads reset", isJson(command), (output) =>
        atRest((peyk) => resetLeads(peyk, { list, ...options }, output)),
      ),
    );
  leads
    .command("cancel")
    .description("end the request under way; what it has stays")
    .argument("<list>")
    .action((list: string, _: Json, command: Command) =>
      run("leads cancel", isJson(command), (output) => atRest((peyk) => cancelLeads(peyk, list, output))),
    );
  leads
    .command("export")
    .description("write everybody to a file")
    .argument("<list>")
    .addOption(new Option("--format <format>", "of the file").choices(leadFormats).default("csv"))
    .option("--out <file>", "where to, - is standard output; absent: a file in the data folder")
    .action((list: string, file: Pick<LeadsFile, "format"> & { readonly out?: string }, command: Command) =>
      run("leads export", isJson(command), (output) =>
        looking((peyk) => exportLeadList(peyk, { list, ...file }, output)),
      ),
    );
  leads
    .command("kpis")
    .description("how well collecting works, over all requests")
    .action((_: Json, command: Command) =>
      run("leads kpis", isJson(command), (output) => looking(async (peyk) => showKpis(peyk, output))),
    );
}

/** `--json` is the parent's option: it may stand on either side of the subcommand. */
function isJson(command: Command): boolean {
  return command.optsWithGlobals<Json>().json ?? false;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 1.");
  return Number(text);
}

function wholeNumbers(text: string): readonly number[] {
  return text.split(",").map((each) => wholeNumber(each.trim()));
}
