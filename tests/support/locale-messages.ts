/** Every message of the locales, and how each is said with sample values. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../../src/words/locale.ts";
import { createLexicon } from "../../src/words/words.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const root = join(import.meta.dirname, "../..");

export interface Message {
  readonly id: string;
  readonly pattern: string;
  readonly variables: readonly string[];
}

function messagesOf(locale: Locale): Message[] {
  const source = readFileSync(join(root, "locales", `${locale}.ftl`), "utf8").replaceAll(/^#.*$/gm, "");
  return [...source.matchAll(/^([a-zA-Z][\w-]*) =((?:.*)(?:\n(?:[ \t].*)?)*)/gm)].map(
    ([, id = "", pattern = ""]) => ({
      id,
      pattern,
      variables: [...new Set([...pattern.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ""))].toSorted(),
    }),
  );
}

export const messages = { en: messagesOf("en"), fa: messagesOf("fa") };
export const lexicon = createLexicon({ clock: createVirtualClock(), timeZone: "Asia/Tehran" });

/** Variables that hold quantities; all the others hold text. */
export const quantities =
  /^(count|seconds|minutes|hours|days|length|max|most|sent|total|parts|read|valid|duplicates|invalid|line|megabytes|limit|of|share|spent|cap|used|from|to|percent|rate|left|names|unchanged)$/;

/** What the terminal's sentences are put together from, in the language of the sentence. */
const composed =
  /^(accounts|beside|calls|campaigns|cells|check|compared|counts|does|each|end|ending|figures|from|ids|items|keywords|known|least|lists|most|names|needs|often|one|other|pause|place|problem|reason|rows|samples|sign|skipped|spare|state|status|target|unheard|unknown|until|url|wait|what|why)$/;

/** Variables whose text is in the language of the sentence around them. */
const ownWords = /^(date|first|last|meaning|moment|weekday)$/;

/** Sample values for all its variables. @param quantity For those that are numbers */
export function variablesFor(message: Message, quantity: number): Record<string, string | number> {
  const { id, variables } = message;
  return Object.fromEntries(
    variables.map((name) => {
      if (/^(?:cli|trouble)-/.test(id)) return [name, terminalValue(message, name, quantity)];
      if (quantities.test(name) && !(id === "card-left" && name === "left")) return [name, quantity];
      return [name, ownWords.test(name) ? "بهار" : "spring-news"];
    }),
  );
}

function terminalValue({ id }: Message, name: string, quantity: number): string | number {
  const persian = messages.fa.find((one) => one.id === id)?.pattern ?? "";
  if (new RegExp(`(?:ISO|CODE|COMMAND)\\([^)]*\\$${name}\\b`).test(persian)) return "spring-news";
  return composed.test(name) && !/^cli-(a-day|figures-of|doctor-overdraft|sync-compared)$/.test(id)
    ? "بهار"
    : quantity;
}

export function saidInPersian(message: Message, quantity: number): string {
  return lexicon.fa.say(message.id, variablesFor(message, quantity));
}
