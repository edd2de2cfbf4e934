/** What `--help` says, in the operator's language; commands to be typed stay as they are. */
import type { Command } from "commander";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import type { Words } from "../words/words.ts";
import { joined, joinedNames } from "../words/joined.ts";

type Topic = "general" | "send" | "suppress" | "collect" | "sync";

/** What stands below a command's options: what is to be known, then commands to try. */
export function helpText(words: Words, topic: Topic, examples: string): string {
  const title = topic === "general" ? "" : `\n${words.plain("cli-examples")}\n`;
  return `\n${words.plain(`cli-help-${topic}`)}\n${title}${examples}`;
}

const titles: ReadonlyMap<string, string> = new Map([
  ["Usage:", "usage"],
  ["Arguments:", "arguments"],
  ["Options:", "options"],
  ["Commands:", "commands"],
]);

/** Has commander's own words said in the operator's language, for a command and all below it. */
export function speakHelp(command: Command, words: Words): void {
  command.helpOption("-h, --help", words.plain("cli-help-option"));
  if (command.commands.length > 0) command.helpCommand("help [command]", words.plain("cli-help-command"));
  command.configureHelp({
    // Columns are reckoned by letters that are seen.
    displayWidth: (text) => withoutDirectionMarks(text).length,
    styleTitle: (title) => {
      const name = titles.get(title);
      return name === undefined ? title : words.plain(`cli-title-${name}`);
    },
    optionDescription(option) {
      const details = [
        ...(option.argChoices
          ? [words.plain("cli-choices", { values: joinedNames(option.argChoices, words) })]
          : []),
        ...(option.defaultValue === undefined || Array.isArray(option.defaultValue)
          ? []
          : [words.plain("cli-default", { value: String(option.defaultValue) })]),
      ];
      return details.length === 0 ? option.description : `${option.description} (${joined(details, words)})`;
    },
    argumentDescription(argument) {
      if (!argument.argChoices) return argument.description;
      const choices = words.plain("cli-choices", { values: joinedNames(argument.argChoices, words) });
      return `${argument.description} (${choices})`;
    },
  });
  for (const one of command.commands) speakHelp(one, words);
}

/** How commander says it in English, and what that is called here. */
const mistakes: readonly (readonly [form: RegExp, id: string])[] = [
  [/^error: unknown option '(.+?)'/, "unknownOption"],
  [/^error: unknown command '(.+?)'/, "unknownCommand"],
  [/^error: missing required argument '(.+?)'/, "missingArgument"],
  [/^error: option '(.+?)' argument missing/, "optionMissingArgument"],
  [/^error: required option '(.+?)' not specified/, "missingMandatoryOptionValue"],
  [/^error: too many arguments/, "excessArguments"],
  [/'([^']*)' is invalid.*?\. (.*)$/s, "invalidArgument"],
];

/** A command that could not be made out, in the operator's language. English keeps commander's own words. */
export function usageText(message: string, words: Words): string {
  if (words.locale === "en") return message;
  for (const [form, id] of mistakes) {
    const [isFound, text = "", why = ""] = form.exec(message.trimEnd()) ?? [];
    if (isFound !== undefined) return words.plain(`cli-usage-${id}`, { text, why: whyText(why, words) });
  }
  return message;
}

function whyText(why: string, words: Words): string {
  const [, choices] = /^Allowed choices are (.*)\.$/.exec(why) ?? [];
  return choices === undefined
    ? why
    : words.plain("cli-choices", { values: joinedNames(choices.split(", "), words) });
}
