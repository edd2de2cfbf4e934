/** `peyk who NAME`: everything that is kept of one person. It only looks, beside a running Peyk too. */
import type { Command } from "commander";
import { peopleIn } from "../../app/history/named.ts";
import type { NotLookedInto, Who, WhoAnswer, WhoPerson, WhoRow } from "../../app/people/who.ts";
import { standsAs } from "../../domain/amending/stands-as.ts";
import { revisionNumber } from "../../domain/revision.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { typed } from "../../words/markup.ts";
import { SaidError } from "../../words/said-error.ts";
import { errorText } from "../../words/trouble-text.ts";
import {
  leadLines,
  personLines,
  rowLines,
  unknownLine,
  whoHeading,
  wroteLines,
} from "../../words/who-lines.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Run } from "../command.ts";
import { recorded } from "../taking-out.ts";
import { NO_FILE, writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import type { LookedAt, ProgramParts } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly parts: Pick<ProgramParts, "takingOut" | "words">;
}

export function addWho(program: Command, { run, looking, parts }: Ways): void {
  const { words } = parts;
  program
    .command("who")
    .description(words.plain("cli-command-who"))
    .argument("<name>", words.plain("cli-argument-who"))
    .option("--export <file>", words.plain("cli-option-who-export"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, { json, export: out }: Json & { readonly export?: string }) =>
      run("who", json, (output) =>
        looking((peyk) =>
          out === undefined ? tellWho(peyk, name, output) : exportWho(peyk, { name, out, parts }, output),
        ),
      ),
    );
}

async function exportWho(
  { app, words, keep }: LookedAt,
  { name, out, parts }: { readonly name: string; readonly out: string; readonly parts: Ways["parts"] },
  output: Output,
): Promise<Ending> {
  const answer = await app.who(typed(name));
  const file = answer.ok ? await app.exportPerson(typed(name)) : undefined;
  if (!answer.ok || !file) throw noName(answer, words);
  const about = peopleIn([typed(name)]);
  const path = await recorded(parts, { deed: "exportPerson", about }, () =>
    writtenTo({ out, output, words, keep }, file),
  );
  if (path !== NO_FILE) output.say(path);
  const { unknown } = answer.who;
  for (const one of unknown) tellUnknown(one, output, words);
  return { exitCode: unknown.length > 0 ? FAILED : DONE, summary: { path, unreadable: unknown.length } };
}

function noName(answer: WhoAnswer, words: Words): SaidError {
  const why = answer.ok ? "" : words.plain(`invalid-${answer.reason}`);
  return new SaidError(textOfHtml(words.say("who-no-name", { why })));
}

async function tellWho({ app, words }: LookedAt, name: string, output: Output): Promise<Ending> {
  const answer = await app.who(typed(name));
  if (!answer.ok) throw noName(answer, words);
  const { who } = answer;
  say(whoHeading(who, words), output);
  let number = 0;
  for (const person of who.people) {
    say(["", ...personLines(person, words)], output);
    output.record(personRecord(person));
    for (const row of person.rows) {
      say(rowLines(row, (number += 1), { words, name: person.name }), output);
      output.record(rowRecord(row, person));
    }
  }
  say(who.wrote.length > 0 ? ["", ...wroteLines(who, words)] : [], output);
  for (const one of who.wrote)
    output.record({ kind: "wrote", channel: one.channel, at: one.at, text: one.text });
  for (const one of who.suppressed) output.record({ kind: "suppressed", ...one });
  say(who.leads.length > 0 ? ["", ...leadLines(who, words)] : [], output);
  for (const { list, ...sighting } of who.leads) output.record({ kind: "leads", list, ...sighting });
  for (const one of who.unknown) tellUnknown(one, output, words);
  return { exitCode: who.unknown.length > 0 ? FAILED : DONE, summary: summaryOf(who) };
}

function say(lines: readonly string[], output: Output): void {
  for (const line of lines) output.say(textOfHtml(line));
}

function tellUnknown(one: NotLookedInto, output: Output, words: Words): void {
  output.complain(textOfHtml(unknownLine(one, words)));
  if (one.error) output.complain(`  ${errorText(one.error, words)}`);
  const { what, name, error } = one;
  output.record({ kind: "unknown", what, name, problem: error?.message });
}

function personRecord({ channel, id, name, formerly, subscriber, rows }: WhoPerson): object {
  return { kind: "person", channel, id, name, formerly, subscriber, campaigns: rows.length };
}

/** As in the results file, with who it is about. */
function rowRecord(row: WhoRow, { channel, id: personId }: WhoPerson): object {
  const { campaign, username, state, attempts, account, at, messageId, why, skipReason, skippedFor } = row;
  const { amended, revision, language, text, origin, answers } = row;
  return {
    kind: "campaign",
    taskId: campaign.id,
    channel,
    personId,
    username,
    state: standsAs(state, amended),
    attempts,
    account,
    at,
    messageId,
    why: amended?.last.why ?? why,
    skipReason,
    skippedFor,
    revision: revision === undefined ? undefined : revisionNumber(revision),
    language,
    text,
    list: origin,
    answers: answers.map(({ at: answeredAt, text: said, isAutomatic }) => ({
      at: answeredAt,
      text: said,
      isAutomatic,
    })),
  };
}

function summaryOf({ asked, people, suppressed, leads, tags, unknown }: Who): object {
  return {
    asked,
    people: people.length,
    campaigns: people.reduce((sum, { rows }) => sum + rows.length, 0),
    isSuppressed: suppressed.length > 0,
    leadLists: leads.length,
    tags,
    unreadable: unknown.length,
  };
}
