import { numberIn } from "./digits.ts";
import type { Row } from "./row.ts";

/** What people put between names. A blank is not among them, see {@link namesInLine}. */
const SEPARATORS = /[,;|\t،؛]+/;
/** Whether a piece of text needs any more care than being cut into lines. */
const NEEDS_CARE = /[,;|\t ،؛\r\u00A0()（）\]–]|(?:^|[\n\r])\p{Nd}{1,7}-/u;
/** A sign or a number at the head of a line; the blank behind may be missing where no name could go on so. */
const BULLET =
  /^\s*(?:(?:(?:[-*+]\s+)?\[[ xX✓✔]?\]|[#№]\s?\p{Nd}{1,7}[.:)]?|[-–—•*·▪▫◦‣●○►▶→✓✔☑✅]|[(（]?\p{Nd}{1,7}\s*[.:،,_]|\p{Nd}\uFE0F?\u20E3|[①-⓿])\s+|[(（[]?\p{Nd}{1,7}\s*[-)）\]–]\s*(?=[@\p{L}_h]))/u;

/** Tells whether a text says by itself that it is a username: `@name` or a link. */
export function isExplicitName(text: string): boolean {
  return /^["'«<\s\u200E\u200F\u2066-\u2069]*(?:@|https?:\/\/|(?:www\.)?t\.me\/|tg:)/i.test(text);
}

/**
 * Cuts one line into names. Commas, semicolons, tabs and bars (Persian ones too) always part names; a blank does only
 * where every piece says by itself that it is a name, as in `@a @b`. So `ali reza` stays one row, and is told to be wrong,
 * rather than becoming two strangers. Bullets and numbers before a name are dropped.
 */
export function namesInLine(line: string): string[] {
  return line.split(SEPARATORS).flatMap((part) => {
    const text = part.replace(BULLET, "").trim();
    if (text === "") return [];
    const pieces = text.split(/\s+/);
    return pieces.length > 1 && pieces.every(isExplicitName) ? pieces : [text];
  });
}

/** How lines of names are read. */
export interface NameLines {
  /** Bare words on one line are names too; else each must say by itself that it is one, or the line is told as it is. */
  readonly partsBare: boolean;
  /** Beside sentences and `@names`, as in a pasted mail: a bare word, such as who signed it, is nobody's name. */
  readonly mustSaySo?: boolean;
  /** Each line begins with its number and a dot, no blank behind it: `1.ali`. */
  readonly isNumbered: boolean;
}

/** Longer lines are lists or tables, and no pattern must take its time over them. */
const LONGEST_SENTENCE = 300;

/** Ends as a sentence does, or has more words than a name: `Hi all,`, `please write to these people`. */
function isSentence(line: string): boolean {
  if (line.length > LONGEST_SENTENCE || !/^\s*\p{L}/u.test(line)) return false;
  const words = line.trim().split(/\s+/);
  return words.length > 3 || (words.length > 1 && /[.,:!?؟،]$/.test(line.trim()));
}

function isNamed(line: string): boolean {
  return namesInLine(line).every(isExplicitName);
}

/** Tells whether names that say so stand in a text with sentences; its bare words are then as good as any other word. */
export function isMail(lines: readonly string[]): boolean {
  return lines.some(isNamed) && lines.some((line) => isSentence(line) && !isNamed(line));
}

const NUMBER_AND_DOT = /^\s*(\p{Nd}{1,7})[.،_](?=[@\p{L}_])/u;

/** Tells whether lines are counted, `1.ali` and `2.sara`, and these are no names with dots. */
export function areNumbered(lines: readonly string[]): boolean {
  const numbers = lines.map((line) => numberIn(NUMBER_AND_DOT.exec(line)?.[1] ?? ""));
  return lines.length > 1 && numbers.every((number, index) => number === (numbers[0] ?? 0) + index);
}

/** Reads text that is nothing but names: one on a line, or several. Blank lines count as lines and are no rows. */
export function* nameRows(
  chunks: Iterable<string>,
  { partsBare, isNumbered, mustSaySo = false }: NameLines = { partsBare: true, isNumbered: false },
): Generator<readonly Row[]> {
  let line = 1;
  for (const { texts, needCare, endsInside } of linesOf(chunks)) {
    const rows: Row[] = [];
    for (const whole of texts) {
      const text = isNumbered ? whole.replace(NUMBER_AND_DOT, "") : whole;
      if (!needCare && !mustSaySo && text !== "") rows.push({ line, cells: [text] });
      else if (text.length > 0) {
        const names = namesInLine(text);
        const isList = partsBare || names.length < 2 || names.every(isExplicitName);
        const isBare = (name: string): boolean => mustSaySo && !/\s/.test(name) && !isExplicitName(name);
        if (isList)
          for (const name of names)
            rows.push({ line, cells: [name], ...(isBare(name) ? { fault: "bareAmongText" } : {}) });
        else rows.push({ line, cells: [text.trim()], fault: "surplusCells" });
      }
      line++;
    }
    if (endsInside) line--;
    yield rows;
  }
}

interface Lines {
  readonly texts: readonly string[];
  readonly needCare: boolean;
  /** The last text is not a whole line: it goes on with the next. */
  readonly endsInside: boolean;
}

/** A line longer than this is read in parts: thousands of names may stand in one. */
const LONG_LINE = 1 << 14;

function* linesOf(chunks: Iterable<string>): Generator<Lines> {
  let rest = "";
  let lineEnd: string | undefined;
  for (const chunk of chunks) {
    lineEnd ??= chunk.includes("\n") || !chunk.includes("\r") ? "\n" : "\r";
    const text = rest + chunk;
    const texts = text.split(lineEnd);
    rest = texts.pop() ?? "";
    const endsInside = rest.length > LONG_LINE;
    if (endsInside) {
      const end = endOfNames(rest);
      texts.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    yield { texts, needCare: NEEDS_CARE.test(text), endsInside };
  }
  if (rest !== "") yield { texts: [rest], needCare: true, endsInside: false };
}

/** Where a long line can be cut without cutting a name: behind the last comma or the like, else at its end. */
function endOfNames(line: string): number {
  const last = Math.max(...[",", ";", "|", "\t", "،", "؛"].map((mark) => line.lastIndexOf(mark)));
  const end = last >= 0 ? last : line.lastIndexOf(" ");
  return end < 0 ? line.length : end + 1;
}
