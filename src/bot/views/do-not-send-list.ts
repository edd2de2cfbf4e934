/** The do-not-send list as the chat shows it: newest first, a page at a time, all of it or the names that have a text in them. */
import type { Suppression } from "../../domain/people/suppression.ts";
import { shorten, typed } from "../../words/markup.ts";
import { noteText } from "../../words/suppression-note.ts";
import type { Words } from "../../words/words.ts";
import { whoChoice } from "./who/who-choice.ts";
import type { Button, View } from "./view.ts";

const LINES_A_PAGE = 15;
const LONGEST_NOTE = 60;
/** Of so few each is a button to everything about them. */
const MOST_PEOPLE = 3;

/** Longest text that is looked for, in bytes of UTF-8: it stands in the buttons' data, which has room for 64. */
export const LONGEST_SOUGHT = 48;

/** What is looked at. */
export interface Looked {
  /** Lower case; empty: everybody. */
  readonly sought: string;
  /** From 0; beyond the last one: the last one. */
  readonly page: number;
}

export function doNotSendList(all: readonly Suppression[], { sought, page }: Looked, words: Words): View {
  const found = sought === "" ? all : all.filter((one) => isMeant(one, sought, words));
  const last = Math.max(0, Math.ceil(found.length / LINES_A_PAGE) - 1);
  const at = Math.min(page, last);
  const shown = found.slice(at * LINES_A_PAGE, (at + 1) * LINES_A_PAGE);
  const heading =
    sought === ""
      ? words.say("suppress-standing", { count: all.length })
      : words.say("suppress-found", { text: sought, count: found.length });
  return {
    text: [heading, ...shown.map((one) => lineOf(one, words))].join("\n"),
    rows: [
      turning({ sought, page: at, last }, words),
      ...(sought !== "" && found.length <= MOST_PEOPLE ? found.map((one) => [personButton(one, words)]) : []),
      found.length > 0 ? [fileButton(words)] : [],
      [{ label: words.plain("button-opt-outs"), choice: "go:optouts" }],
    ],
  };
}

function isMeant({ username, note = "" }: Suppression, sought: string, words: Words): boolean {
  return username.includes(sought) || typed(noteText(note, words)).toLowerCase().includes(sought);
}

/** Everything about one person, and the way off the list. */
function personButton({ username: name }: Suppression, words: Words): Button {
  return { label: words.plain("button-who", { name }), choice: whoChoice("page", name) };
}

function lineOf({ username, reason, note, at }: Suppression, words: Words): string {
  const why = words.plain(`suppressed-${reason}`);
  const told = { username, reason: why, moment: words.moment(at) };
  return note === undefined
    ? words.say("suppress-line", told)
    : words.say("suppress-line-note", { ...told, note: shorten(noteText(note, words), LONGEST_NOTE) });
}

function turning({ sought, page, last }: Looked & { readonly last: number }, words: Words): Button[] {
  const to = (next: number, label: string): Button => ({ label, choice: lookChoice({ sought, page: next }) });
  return [
    ...(page > 0 ? [to(page - 1, words.plain("button-page-before"))] : []),
    ...(page < last ? [to(page + 1, words.plain("button-page-after"))] : []),
  ];
}

/** Opens the list, or turns its pages. */
export function lookChoice({ sought, page }: Looked): string {
  return `dns:${page}:${sought}`;
}

export const FILE_CHOICE = "dns:file";

export function readLook(data: string): Looked | undefined {
  const [, page, sought = ""] = /^dns:(\d{1,7}):(.{0,48})$/su.exec(data) ?? [];
  return page === undefined ? undefined : { sought, page: Number(page) };
}

function fileButton(words: Words): Button {
  return { label: words.plain("button-suppress-file"), choice: FILE_CHOICE };
}
