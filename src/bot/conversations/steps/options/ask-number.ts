/** A question that is answered with a number: some to tap, any to type, and none where it can be switched off. */
import { typed } from "../../../../words/markup.ts";
import type { Words } from "../../../../words/words.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits, paragraphs } from "../../step.ts";
import type { Button, View } from "../../../views/view.ts";

export interface NumberQuestion {
  readonly text: (words: Words) => string;
  /** The numbers to tap, and what stands on the button of one. */
  readonly offered: readonly number[];
  readonly label: (count: number, words: Words) => string;
  /** What stands on the button that switches it off. */
  readonly off: (words: Words) => string;
  readonly most: number;
  /** How what is typed is read, and the sentence for what is none, with `$most`; absent: whole numbers. */
  readonly reading?: NumberReading;
  /** What it is set to. */
  readonly now: number | undefined;
}

export interface NumberReading {
  readonly read: (text: string, most: number) => number | undefined;
  readonly wrong: string;
}

const A_ROW = 3;
const wholeNumbers: NumberReading = { read: wholeNumber, wrong: "number-wrong" };

/** Asks in place of the open question until the answer is a number, none, or a way out. */
export async function askNumber(
  talk: Talk,
  question: NumberQuestion,
): Promise<number | "off" | "back" | "cancel"> {
  let isWrong = false;
  for (;;) {
    const shown = isWrong;
    await talk.dialogue.show((words) => viewOf(question, shown, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button" && answer.choice === "off") return "off";
    const said = answer.kind === "button" ? answer.choice : answer.kind === "text" ? answer.text : "";
    const count = (question.reading ?? wholeNumbers).read(said, question.most);
    if (count !== undefined) return count;
    isWrong = answer.kind !== "button";
  }
}

/** Reads a number as people type it, in either language's digits; undefined unless it is one from 1 to `most`. */
export function wholeNumber(text: string, most: number): number | undefined {
  const digits = typed(text).replaceAll(/[\s,٬']/g, "");
  if (!/^\d{1,15}$/.test(digits)) return undefined;
  const count = Number(digits);
  return count >= 1 && count <= most ? count : undefined;
}

/** Reads a share in hundredths, with its sign or word or without. */
export function percent(text: string, most: number): number | undefined {
  return wholeNumber(text.replace(/^\s*[%٪]|(?:[%٪]|percent|per cent|درصد)\s*$/i, ""), most);
}

/** Reads a number of days, with its unit or without, as it stands on the buttons too. */
export function days(text: string, most: number): number | undefined {
  return wholeNumber(text.replaceAll(/^\s*(?:after|پس از|بعد از)\s|\s*(?:days?|روز)\s*$/gi, ""), most);
}

function viewOf(question: NumberQuestion, isWrong: boolean, words: Words): View {
  const { offered, label, off, most, now, reading = wholeNumbers } = question;
  const numbers = [...new Set([...offered, ...(now === undefined ? [] : [now])])].toSorted((a, b) => a - b);
  const buttons = numbers.map((count) => ({
    label: chosen(label(count, words), count === now),
    choice: String(count),
  }));
  const rows: Button[][] = [];
  for (let at = 0; at < buttons.length; at += A_ROW) rows.push(buttons.slice(at, at + A_ROW));
  const none = [{ label: chosen(off(words), now === undefined), choice: "off" }];
  return {
    text: paragraphs(isWrong ? words.say(reading.wrong, { most }) : undefined, question.text(words)),
    rows: [...rows, none, exits(words, "later")],
  };
}

function chosen(label: string, isChosen: boolean): string {
  return isChosen ? `● ${label}` : label;
}
