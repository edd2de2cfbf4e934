/** Placing words and boxes on a picture that is read from the left or from the right. Distances are in pixels from where a line begins. */
import { lineFromRight } from "../lib/text/direction.ts";
import { ink } from "./palette.ts";

/** Wide enough to be sharp on a phone that fills its width with it. */
export const WIDTH = 1080;
export const MARGIN = 56;

export interface Said {
  readonly text: string;
  /** From the top, to the middle of the line. */
  readonly y: number;
  /** From where lines begin; absent: the margin. */
  readonly from?: number;
  readonly size: number;
  readonly isBold?: boolean;
  readonly colour?: string;
  /** The text ends at `from` in place of beginning there. */
  readonly endsThere?: boolean;
}

/** The directions in which a sheet is read. */
export class Sheet {
  readonly isRightToLeft: boolean;
  readonly #elements: object[] = [];

  constructor(isRightToLeft: boolean) {
    this.isRightToLeft = isRightToLeft;
  }

  get elements(): readonly object[] {
    return this.#elements;
  }

  say({ text, y, from = MARGIN, size, isBold = false, colour = ink.text, endsThere = false }: Said): void {
    const isAtRight = this.isRightToLeft !== endsThere;
    this.#elements.push({
      type: "text",
      x: this.isRightToLeft ? WIDTH - from : from,
      y,
      style: {
        text: this.set(text),
        fontFamily: "Vazirmatn",
        fontSize: size,
        fontWeight: isBold ? "bold" : "normal",
        fill: colour,
        textAlign: isAtRight ? "right" : "left",
        textVerticalAlign: "middle",
      },
    });
  }

  /** A square of colour that explains what is drawn in it. */
  dot(from: number, y: number, colour: string): void {
    const size = 26;
    const x = this.isRightToLeft ? WIDTH - from - size : from;
    this.#elements.push({
      type: "rect",
      shape: { x, y: y - size / 2, width: size, height: size, r: 6 },
      style: { fill: colour },
    });
  }

  /** Text in the sheet's direction, whatever it begins with. */
  set(text: string): string {
    return this.isRightToLeft ? lineFromRight(text) : text;
  }
}
