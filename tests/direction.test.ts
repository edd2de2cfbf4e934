/** Names, commands, links, file endings and code stand apart in Persian sentences, and one file alone sees to it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sentenceFunctions } from "../src/lib/text/direction.ts";
import { messages, quantities } from "./support/locale-messages.ts";
import { textsOf } from "./support/source-texts.ts";

const root = join(import.meta.dirname, "..");

const mark = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/;
/** The same, written out as a sentence would write it. */
const written = /\\u(?:200[ef]|061c|202[a-e]|206[6-9])/i;

const either = new RegExp(`${mark.source}|${written.source}`, "i");

/** Knows the marks to count what was opened, and puts none. */
const readers = ["src/lib/text/plain-text.ts"];

/** Words of the language, and rows whose names stand apart each; put into a sentence as they are. */
const ownWords =
  /^(accounts|bar|beside|calls|campaigns|cells|channel|check|columns|compared|counts|date|duration|each|end|ending|figures|first|found|from|ids|items|keywords|known|last|least|left|lists|meaning|moment|most|names|needs|now|often|pause|place|problem|rate|reason|rows|samples|sign|skipped|spare|state|status|target|texts|time|unheard|unknown|until|values|variables|wait|weekday|what)$/;

/** Numbers beyond those that every sentence may count with. */
const numbers =
  /^(added|attempt|before|blocked|current|done|exact|failed|failures|gone|had|joined|kept|leads|messages|more|next|nth|number|of|planned|recipients|retries|revision|rounds|size|suppressions|lines)$/;

/** What is no sentence around a name: a link that is tapped, a label that is a name alone, words of ours by that name. */
const asTheyStand = new Set([
  "link",
  "url",
  "subscribers-link example",
  "button-account-on account",
  "button-account-off account",
  "account-limit name",
  "cli-doctor-limit name",
  "cli-usage-invalidArgument why",
  "cli-goes-on why",
  "cli-at-problem why",
  "cli-window-problem why",
  "cli-worker-line does",
  "cli-ending why",
  "audience-since-wrong problem",
  "cli-audience-condition line",
]);

/** In collecting, a source is told by its description, between quotation marks. */
const isDescribed = (pattern: string, name: string): boolean => pattern.includes(`«{ $${name} }»`);

/** Names that Persian writes in Latin letters within a sentence, where they turn nothing round. */
const namesInSentences = /\b(?:API|CSV|JSON(?: Lines)?|PDF|PostgreSQL|SSL|UTF-8)\b/g;

const placeable = /\{ (?:[A-Z]+\((?:"(?:[^"\\]|\\.)*"|[^")])*\)|"(?:[^"\\]|\\.)*") \}|\{"(?:[^"\\]|\\.)*"\}/g;

test("no mark is placed by hand: neither in the sentences nor in the code that makes them", () => {
  for (const locale of ["en", "fa"])
    expect(
      readFileSync(join(root, "locales", `${locale}.ftl`), "utf8")
        .split("\n")
        .filter((line) => mark.test(line) || written.test(line))
        .map((line) => `write { ISO(…) }, { CODE(…) } or { COMMAND(…) }: ${line}`),
    ).toEqual([]);
  const placed = textsOf("src", either).filter(
    ({ text, file }) => mark.test(text) && !readers.includes(file),
  );
  expect([...new Set(placed.map(({ file }) => file))]).toEqual(["src/lib/text/direction.ts"]);
});

function bare({ pattern }: { readonly pattern: string }): string {
  return pattern
    .replaceAll(placeable, "")
    .replaceAll(/<\/?[bi]>|<code>[_.|-]<\/code>|\{ ?(?:NUMBER\()?\$[^{}]*?(?:->|\})|\*?\[\w+\]/g, "")
    .replaceAll(namesInSentences, "");
}

test("what would turn a Persian line round is given to ISO, CODE, COMMAND or RTL", () => {
  const turns = /[A-Za-z@#<]/;
  // The name of a file stands alone; who looks for English finds it by its own name.
  const alone = ["rejected-file", "suppress-file", "button-english", "command-language"];
  const found = messages.fa.filter((message) => turns.test(bare(message)) && !alone.includes(message.id));
  expect(found.map(({ id }) => id)).toEqual([]);
});

test("a name in a Persian sentence is never placed bare", () => {
  const found = messages.fa.flatMap(({ id, pattern }) =>
    [...pattern.matchAll(/\{ ?\$(\w+) ?\}/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !quantities.test(name) && !numbers.test(name) && !ownWords.test(name))
      .filter((name) => !asTheyStand.has(name) && !asTheyStand.has(`${id} ${name}`))
      .filter((name) => !isDescribed(pattern, name))
      .map((name) => `${id}: write { ISO($${name}) }`),
  );
  expect(found).toEqual([]);
});

test("literals and variables in a row are one name, whatever its digits", () => {
  expect(sentenceFunctions.ISO(["peyk export ", "spring-news"])).toBe("\u2068peyk export spring-news\u2069");
  expect(sentenceFunctions.CODE(["top ", 1200])).toBe("\u2068<code>top 1200</code>\u2069");
  expect(sentenceFunctions.COMMAND(["new"])).toBe("\u200E/new");
});
