/**
 * One person out of a campaign's document and of its amendments. What was written for them alone goes as a whole, because their
 * values may stand in it; in other texts their names become unreadable, but not in what is still to go out to others: changing
 * that is somebody's word.
 */
import type { ChangeLine, PersonMatch } from "./person-match.ts";
import { isObject, maskedDeep } from "./person-match.ts";

/** Fields of what goes out. */
const CONTENT: ReadonlySet<string> = new Set(["message", "caption", "label"]);

/** Parts that go out no more, or never did, with the fields that people wrote. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  pause: ["names", "text"],
  lists: ["origin"],
  consent: ["statement"],
  earlierConsents: ["statement"],
  approval: ["reason"],
  earlierMessages: [...CONTENT],
};

const GOES_OUT = ["message", "extras", "followUps"] as const;

/** @param isAlone Nobody else is in the campaign */
export function documentWithout(match: PersonMatch, isAlone: boolean): ChangeLine {
  return (document) => {
    if (!isObject(document) || !isObject(document["value"])) return document;
    const { value } = document;
    const parts = Object.entries(value).map(([name, part]): [string, unknown] => {
      const fields = ABOUT[name];
      if (isAlone && (name === "earlierMessages" || isGoingOut(name))) return [name, hidden(part, name)];
      if (fields) return [name, maskedDeep(part, match, (field) => fields.includes(field), name)];
      const isOver = value["status"] === "finished" || value["status"] === "cancelled";
      if (isOver && isGoingOut(name))
        return [name, maskedDeep(part, match, (field) => CONTENT.has(field), name)];
      return [name, part];
    });
    return { ...document, value: Object.fromEntries(parts) };
  };
}

export function amendmentWithout(match: PersonMatch): ChangeLine {
  return (entry) => {
    if (!isObject(entry) || !isObject(entry["scope"])) return entry;
    const username = match.aliasOf(entry["scope"]["username"]);
    const { message } = entry;
    if (username !== undefined) {
      const scope = { ...entry["scope"], username };
      return { ...entry, scope, ...(message === undefined ? {} : { message: hidden(message, "text") }) };
    }
    return message === undefined ? entry : { ...entry, message: maskedDeep(message, match, isWords) };
  };
}

function isWords(field: string): boolean {
  return field === "text" || CONTENT.has(field);
}

function isGoingOut(name: string): boolean {
  return GOES_OUT.some((one) => one === name);
}

/** Each word of a message unreadable, in place and length. */
function hidden(value: unknown, field: string): unknown {
  if (typeof value === "string") return isWords(field) ? value.replaceAll(/\S/g, "*") : value;
  if (Array.isArray(value)) return value.map((one) => hidden(one, field));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hidden(one, name)]));
}
