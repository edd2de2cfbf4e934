/** `peyk audiences`: people kept under a name, looked at, kept, renamed and removed; what changes something does so through a running Peyk. */
import type { Command } from "commander";
import type { AudienceLook } from "../../app/audiences/audiences.ts";
import type { GivenRow } from "../../app/campaigns/adding-names.ts";
import { errorText } from "../../words/trouble-text.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import { checkSendOptions, sourceOf } from "../campaigns/send-request.ts";
import type { Ending, Json } from "../command.ts";
import { whoDid } from "../command.ts";
import { listProblemText, reportLines } from "../lists/list-lines.ts";
import type { ListOptions } from "../lists/list-options.ts";
import { addListOptions, choicesOf, unanswered } from "../lists/list-options.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";
import { amongLine, audienceLines } from "./audience-lines.ts";
import { addDefine } from "./define.ts";
import type { AudienceWays } from "./audience-ways.ts";
import { knownSource } from "./known-source.ts";

/** The command that shows whether something was done. */
const LOOK = "peyk audiences";

export function addAudiences(program: Command, ways: AudienceWays): void {
  const { run, looking, now, words } = ways;
  const audiences = program
    .command("audiences")
    .description(words.plain("cli-command-audiences"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) => run("audiences", json, (output) => looking((peyk) => tellAll(peyk, output))));
  audiences
    .command("show")
    .argument("<name>", words.plain("cli-argument-audience"))
    .description(words.plain("cli-command-audiences-show"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, { json }: Json) =>
      run("audiences show", json, (output) => looking((peyk) => tellOne(peyk, name, output))),
    );
  addDefine(audiences, ways);
  const keeping = audiences
    .command("keep")
    .argument("<name>", words.plain("cli-argument-audience-new"))
    .description(words.plain("cli-command-audiences-keep"))
    .requiredOption("--list <file>", words.plain("cli-option-list"));
  addListOptions(keeping, words)
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, options: KeepOptions) =>
      run("audiences keep", options.json, (output) => keep(name, options, { ...ways, output })),
    );
  audiences
    .command("rename")
    .argument("<old>", words.plain("cli-argument-audience"))
    .argument("<new>", words.plain("cli-argument-audience-new"))
    .description(words.plain("cli-command-audiences-rename"))
    .option("--json", words.plain("cli-option-json"))
    .action((from: string, to: string, { json }: Json) =>
      run("audiences rename", json, (output) => rename({ from, to }, { ...ways, output })),
    );
  audiences
    .command("remove")
    .argument("<name>", words.plain("cli-argument-audience"))
    .description(words.plain("cli-command-audiences-remove"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, { json }: Json) =>
      run("audiences remove", json, (output) => remove({ name, wantedAt: now() }, { ...ways, output })),
    );
}

interface KeepOptions extends Json, ListOptions {
  readonly list: string;
}

interface Doing extends AudienceWays {
  readonly output: Output;
}

async function tellAll({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const all = await app.audiences.all();
  if (all.length === 0) output.say(words.plain("cli-audiences-none"));
  let unreadable = 0;
  for (const { name } of all)
    try {
      const look = await app.audiences.look(name);
      if (look) tell(look, output, words);
    } catch (error) {
      unreadable++;
      output.complain(
        words.plain("cli-audience-unreadable", { name, problem: errorText(asError(error), words) }),
      );
      output.record({ kind: "unknown", what: "audience", name });
    }
  return {
    exitCode: unreadable > 0 ? FAILED : DONE,
    summary: { audiences: all.length, ...(unreadable > 0 ? { unreadable } : {}) },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function tellOne({ app, words }: LookedAt, name: string, output: Output): Promise<Ending> {
  const look = await app.audiences.look(name);
  if (!look) throw new SaidError(words.plain("cli-audience-unknown", { name }));
  tell(look, output, words);
  for (const line of amongLine(look, words)) output.say(line);
  return { exitCode: DONE, summary: { name: look.audience.name, count: look.count } };
}

function tell(look: AudienceLook, output: Output, words: Words): void {
  for (const line of audienceLines(look, words)) output.say(line);
  const { ask: _, kind, ...audience } = look.audience;
  output.record({ kind: "audience", of: kind, ...audience, count: look.count, names: look.names });
}

/** @throws {SaidError} saying what is wrong with the list or the name */
async function keep(name: string, options: KeepOptions, doing: Doing): Promise<Ending> {
  const { planning, performing, output, words } = doing;
  const { list: file } = options;
  await checkSendOptions({ list: file, channel: "" }, words);
  return planning(async ({ app }) => {
    const source = await knownSource(app, sourceOf(file), { channel: "telegram", words });
    // A campaign of no name has no people yet, so nobody is left out.
    const read = await app.importList({ source, campaignId: "", choices: choicesOf(options) });
    if (read.kind === "problem") {
      if (read.problem === "question") throw unanswered(read.question, { file, output, words });
      throw new SaidError(listProblemText(read, file, words));
    }
    for (const line of reportLines(read, words)) output.say(line);
    const rows: GivenRow[] = [];
    for await (const row of app.listRows(read.listId)) rows.push(row);
    const { columns, origin } = read;
    const { result, byProcess } = await performing(
      { deed: "keepAudience", asked: { name, columns, rows, origin } },
      LOOK,
    );
    if (result.outcome !== "kept")
      throw new SaidError(words.plain(`cli-audience-${result.outcome}`, { name }));
    output.say(
      `${words.plain("cli-audience-kept", { name, count: rows.length })}${whoDid(byProcess, words)}`,
    );
    return { exitCode: DONE, summary: { name, count: rows.length, byProcess } };
  });
}

async function rename(
  asked: { readonly from: string; readonly to: string },
  { performing, output, words }: Doing,
): Promise<Ending> {
  const { result, byProcess } = await performing({ deed: "renameAudience", asked }, LOOK);
  if (result.outcome === "gone")
    throw new SaidError(words.plain("cli-audience-unknown", { name: asked.from }));
  const told = words.plain(`cli-audience-${result.outcome}`, { name: asked.to });
  if (result.outcome !== "renamed") throw new SaidError(told);
  output.say(`${told}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { name: asked.to, byProcess } };
}

async function remove(
  asked: { readonly name: string; readonly wantedAt: number },
  { performing, output, words }: Doing,
): Promise<Ending> {
  const { name } = asked;
  const { result, byProcess } = await performing({ deed: "removeAudience", asked }, LOOK);
  if (!result.isGone) throw new SaidError(words.plain("cli-audience-unknown", { name }));
  output.say(`${words.plain("cli-audience-removed", { name })}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { name, byProcess } };
}
