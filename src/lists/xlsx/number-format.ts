import numfmt from "numfmt";
import { persianDay } from "./persian-calendar.ts";
import { generalNumber, wholeNumber } from "./general-number.ts";

/** How the cells of one style show what they hold. */
export interface NumberFormat {
  /** Shows a number, given as the digits that stand in the file. */
  number(digits: string): string;
  text(text: string): string;
  /** Shows a moment, given as ISO 8601. */
  date(iso: string): string;
}

/** What Excel takes at most; a longer one is none of its making. */
const LONGEST_CODE = 255;
/** From the start of 1900 to the start of 1904. */
const DAYS_TO_1904 = 1462;
const MS_PER_DAY = 86_400_000;
/** Day 0 of a sheet whose days are counted from 1900, which takes 1900 for a leap year. */
const DAY_0 = Date.UTC(1899, 11, 30);
/** Formats that show a number as if it had none. */
const GENERAL = new Set(["general", "@"]);
/** Formats that show a whole number as it is, so that its digits may stay, however many. */
const WHOLE = new Set([...GENERAL, "0", "#"]);
/** What stands behind a day when it is a day and no moment. */
const MIDNIGHT = /[Tt ]00:00(?::00(?:\.0+)?)?Z?$/;

/**
 * Makes what shows values under an Excel number format; the blanks that align columns are left out.
 *
 * A format that is no format shows numbers as if there were none.
 */
export function createNumberFormat(code: string, has1904Dates: boolean): NumberFormat {
  const shownCode = isFormat(code) ? code : "General";
  const isGeneral = GENERAL.has(shownCode.toLowerCase());
  const isWhole = WHOLE.has(shownCode.toLowerCase());
  const isDate = numfmt.isDateFormat(shownCode);
  const shown = formatter(shownCode);
  const showsTextAsItIs = isGeneral || shown("x") === "x";
  return {
    number(digits) {
      if (isWhole && wholeNumber(digits)) return digits;
      const value = digits === "" ? Number.NaN : Number(digits);
      if (!Number.isFinite(value)) return digits;
      if (isGeneral) return generalNumber(value);
      return shown(isDate && has1904Dates ? value + DAYS_TO_1904 : value);
    },
    text: (text) => (showsTextAsItIs ? text : shown(text)),
    date(iso) {
      const at = isDate ? Date.parse(inNoZone(iso)) : Number.NaN;
      if (Number.isNaN(at)) return iso.replace(MIDNIGHT, "").replace(/[Tt]/, " ");
      return shown((at - DAY_0) / MS_PER_DAY);
    },
  };
}

/** Whatever a format can't show, it shows as if there were none: nobody's list is lost over a format. */
function formatter(code: string): (value: string | number) => string {
  const persian = numfmt.isDateFormat(code) ? persianDay(code) : undefined;
  return (value) => {
    try {
      const codeNow = typeof value === "number" && persian ? persian(value) : code;
      return numfmt.format(codeNow, value).trim();
    } catch {
      return typeof value === "number" ? generalNumber(value) : value;
    }
  };
}

function isFormat(code: string): boolean {
  return code.length <= LONGEST_CODE && numfmt.isValidFormat(code);
}

/** Dates of a sheet are nobody's: taken as they stand, whatever zone this machine is in. */
function inNoZone(iso: string): string {
  const [, day = "", time = "00:00"] = /^(\d{4}-\d\d-\d\d)(?:[Tt ]([\d:.]+))?/.exec(iso) ?? [];
  return `${day}T${time}Z`;
}
