/** `peyk texts` and `--saved-text NAME`: messages that were saved under a name in the chat, looked at and sent by command. */
import type { Command } from "commander";
import { textOfHtml } from "../lib/text/html-text.ts";
import { joinedNames } from "../words/joined.ts";
import { shorten } from "../words/markup.ts";
import { momentText } from "../words/moment-text.ts";
import { SaidError } from "../words/said-error.ts";
import type { Words } from "../words/words.ts";
import type { Ending, Json, Run } from "./command.ts";
import type { Output } from "./output.ts";
import type { SavedText } from "./program-parts.ts";
import { DONE } from "./program-parts.ts";

interface Parts {
  readonly savedTexts: () => Promise<readonly SavedText[]>;
  readonly words: Words;
}

const LONGEST_LINE = 60;

export function addTexts(program: Command, run: Run, parts: Parts): void {
  const { words } = parts;
  program
    .command("texts")
    .description(words.plain("cli-command-texts"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) => run("texts", json, (output) => listTexts(parts, output)));
}

async function listTexts({ savedTexts, words }: Parts, output: Output): Promise<Ending> {
  const texts = await savedTexts();
  if (texts.length === 0) output.say(words.plain("cli-texts-none"));
  for (const { name, message, extras, by, at } of texts) {
    const seen = extras.format === "html" ? textOfHtml(message) : message;
    const text = shorten(seen.replaceAll(/\s+/g, " ").trim(), LONGEST_LINE);
    output.say(words.plain("cli-texts-line", { name, by, moment: momentText(at, words), text }));
    output.record({ kind: "text", name, message, ...extras, by, at });
  }
  return { exitCode: DONE, summary: { texts: texts.length } };
}

function key(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

/** The text of that name, in whatever case. @throws {SaidError} naming those there are */
export async function savedTextNamed(name: string, { savedTexts, words }: Parts): Promise<SavedText> {
  const texts = await savedTexts();
  const found = texts.find((one) => key(one.name) === key(name));
  if (found) return found;
  const known = texts.map((one) => one.name);
  throw new SaidError(
    known.length === 0
      ? words.plain("cli-texts-none")
      : words.plain("cli-texts-unknown", { name, names: joinedNames(known, words) }),
  );
}
