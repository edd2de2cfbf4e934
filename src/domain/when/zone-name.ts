/** Time zones as people name them: as the time zone database does, or by a place: `Tehran time`, «به وقت تهران». */
import { zoneOfPlace } from "./zone-places.ts";
import { folded, weekdayOf } from "./typed-words.ts";

/** The name as the database spells it; undefined when it knows none such. */
export function timeZoneNamed(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Of the time zone in a text, and of the text without it. */
export interface ZoneInText {
  readonly rest: string;
  /** IANA name; absent: the text names none, or says that it is the usual one. */
  readonly timeZone?: string;
  /** It names one that nobody knows, or that several places mean by these letters. */
  readonly unknown?: string;
}

const IANA = /(?<![\w/])(?:[A-Za-z]+(?:\/[A-Za-z][\w+-]*)+|(?:UTC|GMT)(?! ?[+-]|\w))(?![\w/])/i;
/** Three letters say too little: IST is in India, in Israel and in Ireland. */
const LETTERS =
  /(?<![\p{L}\p{N}])(?:[ecmpw]|a[ek]|ae|i|ir|j|k|n|b|g|hk|ms|pk|sg)[sd]t(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?:cet|cest|eet|eest|wet|west|msk)(?![\p{L}\p{N}])/u;
const HERE = /^(?:local|my|our|محلی|خودم|خودمان|همینجا|اینجا)$/u;
/** What stands before `time` without being a place. */
const NO_PLACE = /^(?:hours?|minutes?|days?|weeks?|any|some|this|that|same|the|of|in|a|first|last|all)$/u;

/** Takes the time zone out of a text. */
export function zoneIn(text: string): ZoneInText {
  const [name] = IANA.exec(text) ?? [];
  // `mon/wed/fri` is none.
  if (name !== undefined && weekdayOf(folded(name).split("/")[0] ?? "") === undefined)
    return named(text.replace(name, " "), name, timeZoneNamed(name));
  const said = folded(text);
  const [letters] = LETTERS.exec(said) ?? [];
  if (letters !== undefined) return { rest: said.replace(letters, " "), unknown: letters.toUpperCase() };
  return placeIn(said) ?? { rest: text };
}

function named(rest: string, name: string, timeZone: string | undefined): ZoneInText {
  return timeZone === undefined ? { rest, unknown: name } : { rest, timeZone };
}

/** Looks for up to three words that are a place: before `time`, or after «به وقت». */
function placeIn(said: string): ZoneInText | undefined {
  const english = /(?<![\p{L}\p{N}])(?<place>\p{L}+(?: \p{L}+){0,2}) time(?![\p{L}\p{N}])/u.exec(said);
  const persian = /(?<![\p{L}\p{N}])به (?:وقت|ساعت) (?<place>\p{L}+(?: \p{L}+){0,2})/u.exec(said);
  const found = english ?? persian;
  if (!found) return undefined;
  const words = (found.groups?.["place"] ?? "").split(" ");
  for (let count = words.length; count > 0; count--) {
    const place = (english ? words.slice(-count) : words.slice(0, count)).join(" ");
    const isHere = HERE.test(place);
    const timeZone = isHere ? undefined : zoneOfPlace(place);
    if (!isHere && timeZone === undefined) continue;
    const phrase = english ? `${place} time` : found[0].slice(0, found[0].indexOf(place) + place.length);
    return { rest: said.replace(phrase, " "), ...(timeZone === undefined ? {} : { timeZone }) };
  }
  const nearest = (english ? words.at(-1) : words[0]) ?? "";
  return NO_PLACE.test(nearest) ? undefined : { rest: said, unknown: nearest };
}
