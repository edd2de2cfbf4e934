/** Every kind of button that the chat's code makes or hears, as far as its sources say it: `c:pause`, `go:use-`, `growth:`. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { roleChoice, roleWords } from "../../../src/bot/views/roles/roles.ts";

const folder = join(import.meta.dirname, "../../../src/bot");

/** All that the chat is made of, as one text. */
export const sourcesOfTheChat = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

/** Begin as buttons do and are none: Node's modules, filters of grammY. */
const NO_PRESS = /^(?:node|callback_query|message|entities):/;

/** By the patterns that hear them, `/^hook:(look|test):…$/`: a kind for each way. */
function* heard(): Generator<string> {
  for (const [, kind = "", ways] of sourcesOfTheChat.matchAll(/\/\^([a-z]{1,9}):(?:\(([^()]*)\)|)/g))
    for (const way of (ways ?? "").split("|")) yield `${kind}:${/^[A-Za-z]+-?/.exec(way)?.[0] ?? ""}`;
}

/** By the words that they are made with, `"sync:off"` and `` `text:look:${…}` ``. */
function* made(): Generator<string> {
  for (const [, data = ""] of sourcesOfTheChat.matchAll(
    /["`]([a-z]{1,9}:(?:[A-Za-z]+-?)?)(?=[\w-]*:?(?:["`]|\$\{))/g,
  ))
    yield data;
}

/** By what is parsed, `z.tuple([z.literal("c"), z.enum(campaignVerbs), …])`. */
function* parsed(): Generator<string> {
  const tuples = /z\.literal\("([a-z]+)"\),\s*z\.enum\((?:(\w+)|\[([^\]]*)\])\)/g;
  for (const [, kind = "", name, list] of sourcesOfTheChat.matchAll(tuples)) {
    const words = list ?? new RegExp(`const ${name} = \\[([^\\]]*)\\]`).exec(sourcesOfTheChat)?.[1] ?? "";
    for (const [, verb = ""] of words.matchAll(/"(\w+)"/g)) yield `${kind}:${verb}`;
  }
}

export const kindsOfPress: ReadonlySet<string> = new Set(
  [...heard(), ...made(), ...parsed(), ...roleWords.map((word) => roleChoice(word, 1))].filter(
    (kind) => !NO_PRESS.test(kind),
  ),
);
