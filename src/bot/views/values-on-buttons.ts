/** Buttons with what a thing is set to: a phone cuts a long one, so its value stands above the buttons instead. */
import { escapeHtml } from "../../words/markup.ts";
import type { Words } from "../../words/words.ts";

/** Characters that a phone shows of a button that has its row to itself. */
const WIDEST = 36;
/** Marks that take no room. */
const MARKS = /[\u200C\u200E\u200F\u2068\u2069]/g;

interface Setting {
  /** Plain text. */
  readonly value: string;
  /** The button's words around a value. */
  readonly label: (value: string) => string;
}

/** A label for each, and the lines that go above them; undefined where every value has room on its button. */
export function valuesOnButtons(
  settings: readonly Setting[],
  words: Words,
): { readonly labels: readonly string[]; readonly above: string | undefined } {
  const whole = settings.map(({ label, value }) => label(value));
  const long = whole.filter((label) => !hasRoom(label)).map(escapeHtml);
  return {
    labels: settings.map(({ label }, at) => {
      const one = whole[at] ?? "";
      return hasRoom(one) ? one : label(words.plain("option-set"));
    }),
    above: long.length === 0 ? undefined : long.join("\n"),
  };
}

/** Tells whether a phone shows a label whole on a button with its row to itself. */
export function hasRoom(label: string): boolean {
  return label.replaceAll(MARKS, "").length <= WIDEST;
}
