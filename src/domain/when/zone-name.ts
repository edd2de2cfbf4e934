/** Time zones by their name in the time zone database. */

/** The name as the database spells it; undefined when it knows none such. */
export function timeZoneNamed(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Of the time zone's name in a text, and of the text without it. */
export interface ZoneInText {
  readonly rest: string;
  /** Absent: the text names none. */
  readonly name?: string;
}

/** Takes a name like `Asia/Tehran` out of a text; `UTC` counts when nothing follows that moves it. */
export function zoneIn(text: string): ZoneInText {
  const found = /(?<![\w/])(?:[A-Za-z]+(?:\/[A-Za-z][\w+-]*)+|UTC(?! ?[+-]|\w))(?![\w/])/i.exec(text);
  if (!found) return { rest: text };
  return { name: found[0], rest: text.replace(found[0], " ") };
}
