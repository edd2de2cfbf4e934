/** What the monitoring page is made of: tiles, cards and sections, each word and digit of which is set already. */
import { textOfHtml } from "../lib/text/html-text.ts";

/** What a colour says beside the words. */
export type Tone = "good" | "busy" | "warn" | "calm";

/** A figure with its name. */
export interface Tile {
  readonly label: string;
  readonly value: string;
}

/** One stretch of a bar, as long as its count. */
export interface Stretch {
  /** Names its colour. */
  readonly state: string;
  readonly count: number;
  /** Absent: the bar has no legend. */
  readonly label?: string;
  readonly value?: string;
}

/** How far something is: a sentence, and a bar. */
export interface Progress {
  readonly text: string;
  readonly percent: string;
  readonly stretches: readonly Stretch[];
}

/** Attempts over time and by account; every bar is as long as its count in the highest of them. */
export interface Chart {
  readonly overTime: {
    readonly title: string;
    readonly note: string;
    readonly highest: number;
    /** The same, set. */
    readonly most: string;
    /** `text` says what a column shows. */
    readonly columns: readonly { readonly text: string; readonly stretches: readonly Stretch[] }[];
    /** Of the first column, of the last, and of one between them. */
    readonly moments: readonly string[];
  };
  readonly accounts: {
    readonly title: string;
    readonly highest: number;
    readonly rows: readonly {
      readonly name: string;
      readonly value: string;
      readonly stretches: readonly Stretch[];
    }[];
    readonly more?: string;
  };
}

export interface Card {
  /** Stays the same while the card is about the same thing. */
  readonly key: string;
  readonly name: string;
  readonly badge: { readonly text: string; readonly tone: Tone };
  readonly note?: string;
  readonly progress?: Progress;
  readonly chart?: Chart;
  readonly lines: readonly string[];
}

export interface Section {
  readonly key: string;
  readonly title: string;
  readonly note?: string;
  /** What to do when there is nothing to show. */
  readonly empty?: string;
  readonly tiles?: readonly Tile[];
  readonly cards?: readonly Card[];
  /** What is not shown and where it is. */
  readonly foot?: string;
}

export interface MonitorView {
  readonly locale: "en" | "fa";
  readonly title: string;
  readonly subtitle: string;
  readonly updated: string;
  /** To be shown while nothing newer comes. */
  readonly lost: string;
  readonly chat: string;
  /** The chat page is on the same port. */
  readonly hasChat: boolean;
  readonly english: string;
  readonly persian: string;
  readonly tiles: readonly Tile[];
  readonly sections: readonly Section[];
}

/** Sentences of the chat as the page shows them: without its markup, each line by itself. */
export function linesOf(sentences: readonly (string | undefined)[]): readonly string[] {
  return sentences
    .filter((one) => one !== undefined)
    .flatMap((one) => textOfHtml(one).split("\n"))
    .filter((line) => line.trim() !== "");
}
