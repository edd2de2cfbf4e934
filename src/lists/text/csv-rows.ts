/**
 * The grammar of separated text as programs and people write it: quoted cells over several lines, doubled and escaped
 * quotes, `="00123"`, blanks before a quote, a missing end of the last line. Knows nothing of what the cells mean.
 */
import type { Row } from "../row.ts";
import { BrokenList, ROWS_PER_BATCH } from "../row.ts";

export interface CsvForm {
  /** One letter; absent: each line is one cell. */
  readonly separator?: string;
  readonly quote?: '"' | "'";
  /** How many cells a row should have: tells a cell of several lines from a quote that nobody closed. */
  readonly width?: number;
  /** A blank stands behind the separators of the table too, not only behind the commas of prose. */
  readonly isSpaced?: boolean;
}

/** No row of a list is longer; a quote that nobody closed must not swallow the file. */
const LONGEST_ROW = 1 << 20;
/** As many columns as a spreadsheet has; blank cells beyond are not kept. */
export const MOST_CELLS = 16_384;

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const EQUALS = 61;
const BACKSLASH = 92;
const NO_BREAK_SPACE = 160;

/**
 * Reads the rows of a text, blank ones left out.
 * @throws {BrokenList} with the line that opens it, when a quote is never closed, or is closed by one that opens another
 */
export function* csvRows(text: string, form: CsvForm): Generator<readonly Row[]> {
  const reader = new CsvReader(text, form);
  for (;;) {
    const rows: Row[] = [];
    for (let read = 0; read < ROWS_PER_BATCH; read++) {
      const row = reader.next();
      if (!row) {
        yield rows;
        return;
      }
      if (row.cells.length > 0) rows.push(row);
    }
    yield rows;
  }
}

/** Reads the first rows of a text that may be cut off; what is broken ends it. */
export function firstCsvRows(text: string, form: CsvForm, count: number): readonly Row[] {
  const reader = new CsvReader(text, form);
  const rows: Row[] = [];
  try {
    while (rows.length < count) {
      const row = reader.next();
      if (!row) break;
      if (row.cells.length > 0) rows.push(row);
    }
  } catch (error) {
    if (!(error instanceof BrokenList)) throw error;
  }
  return rows;
}

class CsvReader {
  readonly #text: string;
  readonly #separator: number;
  readonly #quote: number;
  readonly #width: number;
  readonly #isSpaced: boolean;
  /** Where the cells of the present row begin. */
  #starts: number[] = [];
  /** Old Mac texts end lines with a return alone; in others it is only a blank. */
  readonly #lineEnd: number;
  #at = 0;
  #line = 1;

  constructor(text: string, { separator, quote = '"', width = 0, isSpaced = false }: CsvForm) {
    this.#text = text;
    this.#separator = separator?.charCodeAt(0) ?? -1;
    this.#quote = quote.charCodeAt(0);
    this.#width = width;
    this.#isSpaced = isSpaced;
    this.#lineEnd = text.includes("\n") || !text.includes("\r") ? LINE_FEED : RETURN;
  }

  /** The next row; without cells for a blank line. */
  next(): Row | undefined {
    const text = this.#text;
    if (this.#at >= text.length) return undefined;
    const line = this.#line;
    const rowStart = this.#at;
    const cells: string[] = [];
    this.#starts = [];
    let [filled, isCutShort] = [0, false];
    for (;;) {
      if (cells.length < MOST_CELLS) this.#starts.push(this.#at);
      const cell = this.#cell(rowStart);
      if (cells.length < MOST_CELLS) {
        cells.push(cell);
        if (cell !== "") filled = cells.length;
      } else if (cell !== "") isCutShort = true;
      if (this.#at >= text.length) break;
      const code = text.charCodeAt(this.#at++);
      if (code !== this.#separator) {
        this.#line++;
        break;
      }
      if (this.#at === text.length) cells.push("");
    }
    if (filled === 0) return { line, cells: [] };
    if (isCutShort) return { line, cells, fault: "surplusCells" };
    return this.#width > 1 && filled > this.#width ? this.#mended({ line, cells }, filled) : { line, cells };
  }

  /**
   * A row with more cells than the table. Pieces that begin with a blank belong to the one before, as the commas of prose
   * do; if that does not make it whole, nobody knows which belong together. Of two columns the second takes the rest.
   */
  #mended({ line, cells }: Row, filled: number): Row {
    const starts = this.#starts.slice(0, filled);
    const isProse = (start: number): boolean => !this.#isSpaced && /\s/.test(this.#text[start] ?? "");
    const heads = starts.filter((start, index) => index === 0 || !isProse(start));
    const kept = heads.length === this.#width ? heads : starts.slice(0, this.#width);
    const whole = kept.map((start, index) =>
      this.#piece(start, kept[index + 1], cells[starts.indexOf(start)]),
    );
    if (heads.length === this.#width) return { line, cells: whole };
    return { line, cells: this.#width === 2 ? whole : cells, fault: "surplusCells" };
  }

  /** The text from one cell's beginning to another's; just the cell when nothing else stands there. */
  #piece(start: number, next: number | undefined, cell: string | undefined): string {
    const end = (next ?? this.#rowEnd() + 1) - 1;
    const text = this.#text.slice(start, end).trim();
    const isOneCell = this.#starts.filter((one) => one >= start && one <= end).length === 1;
    return isOneCell ? (cell ?? "") : text;
  }

  /** Where the row that was just read ends. */
  #rowEnd(): number {
    const before = this.#at - 1;
    return this.#text.charCodeAt(before) === this.#lineEnd ? before : this.#at;
  }

  #cell(rowStart: number): string {
    const text = this.#text;
    let at = this.#skipBlanks(this.#at);
    if (text.charCodeAt(at) === EQUALS && text.charCodeAt(at + 1) === this.#quote) at++;
    if (text.charCodeAt(at) === this.#quote && this.#separator !== -1) {
      const quoted = this.#quoted(at, rowStart);
      if (quoted !== undefined) return quoted;
    }
    const start = this.#at;
    this.#at = this.#endOfPlain(start);
    return text.slice(start, this.#at).trim();
  }

  #skipBlanks(from: number): number {
    let at = from;
    for (let code = this.#text.charCodeAt(at); this.#isBlank(code); code = this.#text.charCodeAt(at)) at++;
    return at;
  }

  #isBlank(code: number): boolean {
    return code === SPACE || code === NO_BREAK_SPACE || (code === TAB && this.#separator !== TAB);
  }

  #endOfPlain(start: number): number {
    const text = this.#text;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === this.#separator || code === this.#lineEnd) return at;
    }
    return text.length;
  }

  /** A cell in quotes; undefined when text follows the closing one, so that the quotes belong to it. */
  #quoted(open: number, rowStart: number): string | undefined {
    const text = this.#text;
    const close = this.#closingQuote(open + 1);
    if (close === undefined) throw new BrokenList("quote", this.#line);
    const end = this.#skipBlanks(close + 1);
    const inside = text.slice(open + 1, close);
    const lines = countLetters(inside, this.#lineEnd);
    if (!this.#endsCell(end)) {
      if (lines > 0) throw new BrokenList("quote", this.#line);
      return undefined;
    }
    if (lines > 0 && this.#swallowsRows(rowStart, open, close)) throw new BrokenList("quote", this.#line);
    this.#line += lines;
    this.#at = text.charCodeAt(end) === RETURN && this.#lineEnd === LINE_FEED ? end + 1 : end;
    return unquoted(inside, text[open] ?? '"').trim();
  }

  /** Where a cell in quotes ends; a quote inside is doubled or stands behind a backslash. */
  #closingQuote(start: number): number | undefined {
    const text = this.#text;
    const quote = text[start - 1] ?? '"';
    const limit = start + LONGEST_ROW;
    for (let at = text.indexOf(quote, start); at >= 0 && at < limit; at = text.indexOf(quote, at + 1)) {
      if (text.charCodeAt(at - 1) === BACKSLASH && at > start && !this.#endsCell(at + 1)) continue;
      if (text.charCodeAt(at + 1) === this.#quote) at++;
      else return at;
    }
    return undefined;
  }

  #endsCell(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    if (at >= this.#text.length || code === this.#separator || code === this.#lineEnd) return true;
    return code === RETURN && this.#text.charCodeAt(at + 1) === LINE_FEED;
  }

  /**
   * Tells whether a cell of several lines is made of whole rows: every line, the first and last included, has as many cells
   * as the table, no blank behind a separator, as prose has, and no quotes but the two. Then these were never closed and have
   * found each other.
   */
  #swallowsRows(rowStart: number, open: number, close: number): boolean {
    if (this.#width < 2 || close - open > LONGEST_ROW) return false;
    const text = this.#text;
    const lineEnd = String.fromCharCode(this.#lineEnd);
    const end = text.indexOf(lineEnd, close);
    const lines = text.slice(rowStart, end < 0 ? text.length : end).split(lineEnd);
    return lines.every((line, index) => this.#isWholeRow(line, index === 0 || index === lines.length - 1));
  }

  #isWholeRow(line: string, isEnd: boolean): boolean {
    const pieces = line.split(String.fromCharCode(this.#separator));
    const isProse = pieces.some((piece, index) => index > 0 && /^\s/.test(piece));
    return pieces.length === this.#width && !isProse && countLetters(line, this.#quote) === (isEnd ? 1 : 0);
  }
}

function unquoted(inside: string, quote: string): string {
  if (!inside.includes(quote)) return inside;
  const plain = inside.replaceAll(`\\${quote}`, quote).replaceAll(quote + quote, quote);
  return /^="[^"]*"$/.test(plain) ? plain.slice(2, -1) : plain;
}

function countLetters(text: string, code: number): number {
  let count = 0;
  const letter = String.fromCharCode(code);
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) count++;
  return count;
}
