/**
 * How one person is taken out of what is kept of many, value by value, wherever it is kept. Names and ids give way to what
 * stands for them; what people wrote becomes unreadable where it says them.
 */
import type { Ordinal } from "../../../domain/recipient.ts";
import type { ChangeLine, PersonMatch } from "./person-match.ts";
import { isObject, maskedDeep } from "./person-match.ts";

/** In this field stands what stands for them. */
export const aliasIn =
  (...fields: readonly string[]) =>
  (match: PersonMatch): ChangeLine =>
  (line) => {
    if (!isObject(line)) return line;
    const changed = fields.flatMap((field) => {
      const alias = match.aliasOf(line[field]);
      return alias === undefined || alias === line[field] ? [] : [[field, alias]];
    });
    return changed.length === 0 ? line : { ...line, ...Object.fromEntries(changed) };
  };

/** A recipient's line without the person: what stands for them, and no value. */
export function recipientWithout(match: PersonMatch): ChangeLine {
  return (line) => {
    const alias = Array.isArray(line) ? match.aliasOf(line[0]) : undefined;
    return alias === undefined || (Array.isArray(line) && line.length === 1 && line[0] === alias)
      ? line
      : [alias];
  };
}

export function entryWithout(match: PersonMatch, ordinals: ReadonlySet<Ordinal>): ChangeLine {
  return (entry) => {
    if (!isObject(entry)) return entry;
    const person = match.aliasOfId(entry["p"]);
    const isTheirs = typeof entry["r"] === "number" && ordinals.has(entry["r"]);
    if (!isTheirs && person === undefined) return entry;
    return {
      ...entry,
      ...(person === undefined ? {} : { p: person }),
      ...(isTheirs && typeof entry["id"] === "string" ? { id: "erased" } : {}),
      ...(isTheirs && isObject(entry["why"]) ? { why: "erased" } : {}),
    };
  };
}

export const leadsOf =
  (match: PersonMatch) =>
  (entry: unknown): readonly unknown[] => {
    const leads: unknown = isObject(entry) ? entry["leads"] : undefined;
    return Array.isArray(leads) ? leads.filter((one: unknown) => leadWithout(match, one) !== one) : [];
  };

export const aliasInTargets =
  (match: PersonMatch): ChangeLine =>
  (line) => {
    if (!isObject(line) || !Array.isArray(line["targets"])) return line;
    return { ...line, targets: line["targets"].map((one: unknown) => aliasIn("query")(match)(one)) };
  };

function leadWithout(match: PersonMatch, one: unknown): unknown {
  if (!isObject(one)) return one;
  const author = isObject(one["details"]) ? one["details"]["author_id"] : undefined;
  const alias = match.aliasOf(one["username"]) ?? match.aliasOfId(one["id"]) ?? match.aliasOfId(author);
  if (alias === undefined || alias === one["username"]) return one;
  return { id: match.aliasOfId(one["id"]) ?? match.standInFor(String(one["id"])), username: alias };
}

export function leadsWithout(match: PersonMatch): ChangeLine {
  const lead = (one: unknown): unknown => leadWithout(match, one);
  return (entry) => {
    if (!isObject(entry)) return entry;
    if (entry["t"] === "target") return aliasIn("query")(match)(entry);
    const leads = entry["leads"];
    const without = Array.isArray(leads) ? leads.map(lead) : undefined;
    const isOther =
      without?.some((one, place) => one !== (Array.isArray(leads) ? leads[place] : one)) ?? false;
    const sample = entry["sample"];
    const isSaid = typeof sample === "string" && match.isSaidIn(sample);
    if (!isOther && !isSaid) return entry;
    return {
      ...entry,
      ...(isOther ? { leads: without } : {}),
      ...(isSaid && typeof sample === "string" ? { sample: match.masked(sample) } : {}),
    };
  };
}

export function isSaidAnywhere(line: unknown, match: PersonMatch): boolean {
  return match.isSaidIn(JSON.stringify(line));
}

/** Of an update that says them its number stays, so that it is not handled again. */
export const updateWithout =
  (match: PersonMatch): ChangeLine =>
  (line) => {
    if (!isObject(line) || !isObject(line["u"]) || !isSaidAnywhere(line["u"], match)) return line;
    const { update_id: id } = line["u"];
    return Object.keys(line["u"]).length === 1 ? line : { ...line, u: { update_id: id } };
  };

export const withoutEntries =
  (match: PersonMatch): ChangeLine =>
  (document) => {
    if (!isObject(document) || !isObject(document["value"])) return document;
    const left = Object.entries(document["value"]).filter(([, one]) => !isSaidAnywhere(one, match));
    return { ...document, value: Object.fromEntries(left) };
  };

const EVENT_TEXTS: ReadonlySet<string> = new Set(["names", "text", "message"]);

export const eventWithout =
  (match: PersonMatch): ChangeLine =>
  (line) => {
    if (!isObject(line) || !isObject(line["e"]) || !isSaidAnywhere(line["e"], match)) return line;
    const event = aliasIn("username")(match)(line["e"]);
    return { ...line, e: maskedDeep(event, match, (field) => EVENT_TEXTS.has(field)) };
  };

export const suppressionWithout =
  (match: PersonMatch): ChangeLine =>
  (line) => {
    if (!isObject(line)) return line;
    const username = match.aliasOf(line["username"]);
    const { note, ...rest } = line;
    if (username !== undefined)
      return username === line["username"] && note === undefined ? line : { ...rest, username };
    return typeof note === "string" && match.isSaidIn(note) ? { ...rest, note: match.masked(note) } : line;
  };
