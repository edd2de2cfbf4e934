import type { BotParts } from "../bot-parts.ts";
import type { Button } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import type { Answer } from "./answer.ts";
import type { Dialogue } from "./dialogue.ts";
import type { DraftState } from "./draft-state.ts";

/** What a step needs beside the state: whom it talks with and what it may ask. */
export interface Talk {
  readonly dialogue: Dialogue;
  readonly parts: BotParts;
}

/** Where the dialogue goes after a step. */
export type Turn = "next" | "back" | "cancel" | "message";

/** One question of the dialogue, asked until its answer can be used. */
export interface Step {
  readonly name: string;
  /** Tells whether it is asked at all, by what is known so far; absent: always. */
  isFor?(state: DraftState): boolean;
  run(talk: Talk, state: DraftState): Promise<Turn>;
}

/** Something to say above a question that is asked again. */
export type Note = (words: Words) => string;

/** The row that every question ends with. */
export function exits(words: Words, where: "first" | "later"): Button[] {
  const cancel = { label: words.plain("button-cancel"), choice: "cancel" };
  return where === "first" ? [cancel] : [{ label: words.plain("button-back"), choice: "back" }, cancel];
}

/** Reads a press on one of the exits. */
export function exitOf(answer: Answer): "back" | "cancel" | undefined {
  if (answer.kind !== "button") return undefined;
  return answer.choice === "back" || answer.choice === "cancel" ? answer.choice : undefined;
}

/** Joins the lines that are there into one text. */
export function lines(...all: readonly (string | undefined)[]): string {
  return all.filter((line) => line !== undefined && line !== "").join("\n");
}

/** Joins the paragraphs that are there into one text. */
export function paragraphs(...all: readonly (string | undefined)[]): string {
  return all.filter((one) => one !== undefined && one !== "").join("\n\n");
}
