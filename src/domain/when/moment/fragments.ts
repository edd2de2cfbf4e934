/** A text from which what is understood is taken out part by part; what is left over at the end was not. */

/** The named groups of what was taken, and all of it. */
export type Taken = Readonly<Record<string, string | undefined>>;

export class Fragments {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  /** Takes the first part that matches out of the text. */
  take(source: string): Taken | undefined {
    const found = new RegExp(source, "u").exec(this.rest);
    if (!found) return undefined;
    this.rest = `${this.rest.slice(0, found.index)} ${this.rest.slice(found.index + found[0].length)}`;
    return { all: found[0].trim(), ...found.groups };
  }
}

/** What is said after a length of time that is to come, and after one that is over. */
export const LATER = "later|from now|دیگر|دیگه|بعد";
export const AGO = "ago|پیش|قبل";
