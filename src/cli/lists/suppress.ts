/** `peyk suppress …`: the do-not-send list, which every campaign obeys at once and which nothing but `remove` undoes. */
import type { Command } from "commander";
import { Option } from "commander";
import type { Deed } from "../../app/deeds.ts";
import type { SuppressionReason } from "../../domain/people/suppression.ts";
import { suppressionReasons } from "../../domain/people/suppression.ts";
import { helpText } from "../help.ts";
import { noteText } from "../../words/suppression-note.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Performing, Planning, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import { reasonText } from "./list-lines.ts";
import { addListOptions } from "./list-options.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";
import type { ImportOptions } from "./suppress-import.ts";
import { importFile } from "./suppress-import.ts";
import type { Change } from "./suppress-lines.ts";
import { LOOK, changeText } from "./suppress-lines.ts";

const EXAMPLES = `  $ peyk suppress add ali_1 @sara --reason complaint --note 'by email, 3 May'
  $ peyk suppress import unsubscribed.csv --reason optedOut
  $ peyk suppress list --json`;

interface Why {
  readonly reason: SuppressionReason;
  readonly note?: string;
}

/** As commander leaves it: an option that was not given is undefined. */
function whyOf({ reason, note }: Why): Why {
  return { reason, ...(note === undefined ? {} : { note }) };
}

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly planning: Planning;
  readonly performing: Performing;
  /** ms since the epoch */
  readonly now: () => number;
  readonly words: Words;
}

/** Adds the command and its four parts. */
export function addSuppress(
  program: Command,
  { run, looking, planning, performing, now, words }: Ways,
): void {
  const suppress = program
    .command("suppress")
    .description(words.plain("cli-command-suppress"))
    .addHelpText("after", helpText(words, "suppress", EXAMPLES));
  const adding = suppress.command("add <names...>").description(words.plain("cli-command-suppress-add"));
  whyOptions(adding, words).action((names: string[], { json, ...why }: Json & Why) =>
    run("suppress add", json, (output) =>
      change("added", { deed: "suppress", asked: { names, ...whyOf(why) } }, { performing, output, words }),
    ),
  );
  suppress
    .command("remove <names...>")
    .description(words.plain("cli-command-suppress-remove"))
    .option("--json", words.plain("cli-option-json"))
    .action((names: string[], { json }: Json) =>
      run("suppress remove", json, (output) =>
        change(
          "taken",
          { deed: "unsuppress", asked: { names, wantedAt: now() } },
          { performing, output, words },
        ),
      ),
    );
  suppress
    .command("list")
    .description(words.plain("cli-command-suppress-list"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) =>
      run("suppress list", json, (output) => looking((peyk) => tellList(peyk, output))),
    );
  const everyone = suppress.command("import <file>").description(words.plain("cli-command-suppress-import"));
  whyOptions(addListOptions(everyone, words), words).action(
    (file: string, { json, ...options }: Json & ImportOptions) =>
      run("suppress import", json, (output) =>
        importFile(file, options, { planning, performing, output, words }),
      ),
  );
}

function whyOptions(command: Command, words: Words): Command {
  return command
    .addOption(
      new Option("--reason <reason>", words.plain("cli-option-reason"))
        .choices(suppressionReasons)
        .default("blocked"),
    )
    .option("--note <text>", words.plain("cli-option-note"))
    .option("--json", words.plain("cli-option-json"));
}

async function tellList({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const names = await app.suppressed();
  if (names.length === 0) output.say(words.plain("cli-suppress-none"));
  for (const one of names) {
    const reason = words.plain(`suppressed-${one.reason}`);
    const told = { username: one.username, reason, moment: momentText(one.at, words) };
    output.say(
      one.note === undefined
        ? words.plain("cli-suppress-line", told)
        : words.plain("cli-suppress-line-note", { ...told, note: noteText(one.note, words) }),
    );
    output.record({ kind: "suppressed", ...one });
  }
  return { exitCode: DONE, summary: { names: names.length } };
}

const SHOWN = 10;

interface Doing {
  readonly performing: Performing;
  readonly output: Output;
  readonly words: Words;
}

async function change(
  what: Change,
  deed: Deed<"suppress"> | Deed<"unsuppress">,
  { performing, output, words }: Doing,
): Promise<Ending> {
  const { result, byProcess } = await performing<"suppress" | "unsuppress">(deed, LOOK);
  const { changed: count, unchanged, invalid } = result;
  output.say(`${changeText(what, { changed: count, unchanged }, words)}${whoDid(byProcess, words)}`);
  for (const { text, reason } of invalid.slice(0, SHOWN))
    output.complain(words.plain("cli-suppress-no-name", { text, reason: reasonText(reason, words) }));
  const more = invalid.length - SHOWN;
  if (more > 0) output.complain(words.plain("cli-suppress-no-names-more", { count: more }));
  return {
    exitCode: invalid.length > 0 ? FAILED : DONE,
    summary: { changed: count, unchanged, invalid, byProcess },
  };
}
