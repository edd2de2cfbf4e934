/**
 * The one place that puts marks of direction into what people read: names, commands, links, file endings and code would
 * turn a Persian line round where they stood bare. Sentences of locales/ ask for it by ISO, CODE, COMMAND and RTL.
 */
const [LEFT_TO_RIGHT, RIGHT_TO_LEFT] = ["\u200E", "\u200F"];
const [ISOLATE, ISOLATE_FROM_RIGHT, END_OF_ISOLATE] = ["\u2068", "\u2067", "\u2069"];

/** Keeps free text apart from its surroundings. Never for what stands in links, mentions, code or files. */
export function isolate(text: string): string {
  return `${ISOLATE}${text}${END_OF_ISOLATE}`;
}

/** A command of the chat in a sentence, as Telegram makes it one to tap: no mark stands within or after it. */
export function command(name: string): string {
  return `${LEFT_TO_RIGHT}/${name}`;
}

/** Text that reads from right to left whatever it begins or ends with, such as a bar of signs. */
export function rightToLeft(text: string): string {
  return `${RIGHT_TO_LEFT}${text}${RIGHT_TO_LEFT}`;
}

/** A whole line that is set from right to left whatever it begins with, where nothing around it says so: in a picture. */
export function lineFromRight(text: string): string {
  return `${ISOLATE_FROM_RIGHT}${text}${END_OF_ISOLATE}`;
}

/** Begins a line whose parts are to stand in the order of the language whatever is in them. */
export function lineStart(locale: "en" | "fa"): string {
  return locale === "fa" ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
}

/** What sentences may call; literals and variables in a row are one text: `CODE("peyk export ", $id)`. */
export const sentenceFunctions = {
  ISO: (parts: readonly unknown[]): string => isolate(joined(parts)),
  CODE: (parts: readonly unknown[]): string => isolate(`<code>${joined(parts)}</code>`),
  COMMAND: (parts: readonly unknown[]): string => command(joined(parts)),
  RTL: (parts: readonly unknown[]): string => rightToLeft(joined(parts)),
};

function joined(parts: readonly unknown[]): string {
  return parts.map(asText).join("");
}

/** A number in a name or a command is no quantity: its digits are Latin ones, in one row. */
function asText(part: unknown): string {
  const value: unknown = typeof part === "object" ? part?.valueOf() : part;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
