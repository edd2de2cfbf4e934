/** How a format code asks for the Persian calendar: `[$-fa-IR,16]`, or `16` before the language in `[$-160429]`. */
const PERSIAN = /\[\$[^\]-]*-(?:[a-z]{2,3}(?:-[a-z0-9]+)*,16|[0-9a-f]{0,2}16[0-9a-f]{4})\]/i;
/** The pieces of a format code; texts in it are one piece each. */
const PIECES = /"[^"]*"|\\.|\[[^\]]*\]|y+|m+|d+|h+|s+|[^]/gi;
/** The last day of a spreadsheet: 31 December 9999. */
const LAST_DAY = 2_958_465;
const MS_PER_DAY = 86_400_000;
const DAY_0 = Date.UTC(1899, 11, 30);

/** Writes the day of the Persian calendar into a format code, as it stands for one date. */
export type PersianDay = (serial: number) => string;

/**
 * Makes what puts Persian years, months and days in place of `yyyy`, `mm` and `dd`; hours and whatever else stays for
 * the formatting. Undefined for formats of other calendars.
 */
export function persianDay(code: string): PersianDay | undefined {
  if (!PERSIAN.test(code)) return undefined;
  const pieces = code.replace(PERSIAN, "").match(PIECES) ?? [];
  const calendar = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    timeZone: "UTC",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  const monthNames = new Intl.DateTimeFormat("fa-u-ca-persian", { timeZone: "UTC", month: "long" });
  return (serial) => {
    if (!(serial >= 1 && serial <= LAST_DAY)) return pieces.join("");
    const date = new Date(DAY_0 + Math.floor(serial) * MS_PER_DAY);
    const parts = new Map(calendar.formatToParts(date).map(({ type, value }) => [type, value]));
    const number = (type: "year" | "month" | "day", length: number): string =>
      (parts.get(type) ?? "").padStart(length, "0");
    const shown = (piece: string, index: number): string => {
      const [letter, { length }] = [piece.charAt(0).toLowerCase(), piece];
      if (letter === "y") return `"${length > 2 ? number("year", 4) : number("year", 4).slice(-2)}"`;
      if (letter === "d" && length <= 2) return `"${number("day", length)}"`;
      if (letter === "/") return "\\/"; // between texts it would be no fraction
      if (letter !== "m" || isMinutes(pieces, index)) return piece;
      return length > 2 ? `"${monthNames.format(date)}"` : `"${number("month", length)}"`;
    };
    return pieces.map(shown).join("");
  };
}

function isDateOrTime(piece: string): boolean {
  return /^(?:[ymdhs]|\[[hms]+\])/i.test(piece);
}

/** An `m` means minutes behind hours and before seconds. */
function isMinutes(pieces: readonly string[], at: number): boolean {
  const before = pieces.slice(0, at).findLast(isDateOrTime);
  const after = pieces.slice(at + 1).find(isDateOrTime);
  return /^\[?h/i.test(before ?? "") || /^\[?s/i.test(after ?? "");
}
