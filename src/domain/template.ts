/**
 * Messages with variables: `{{name}}` becomes the recipient's cell of that column, `{{name|friend}}` says what stands
 * there when the cell is blank, `{{username}}` is always known. Owns how they are read, so that the check before a
 * campaign, the preview and every send agree on each letter.
 */
import type { Variables } from "./recipient.ts";

/** One variable of a template. */
export interface TemplateVariable {
  /** As written, trimmed. */
  readonly name: string;
  /** As {@link columnKey} has it. */
  readonly key: string;
  /** Stands in for a blank or missing value; empty when none was given. */
  readonly fallback: string;
}

/** A message taken apart once, to be rendered many times. */
export interface Template {
  readonly segments: readonly (string | TemplateVariable)[];
}

/** A template, or the place of the first braces that make no variable, as written. */
export type ParsedTemplate =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly broken: string };

/** The name that every recipient fills, whatever columns the list has, in both languages. */
const USERNAME_KEYS = ["username", "نام کاربری"];

/** Enough of a broken place to find it again. */
const SHOWN_LENGTH = 40;

const VARIABLE = /\{\{([^{}|\r\n]*)(?:\|([^{}\r\n]*))?\}\}/g;

/**
 * Takes a message apart. The first `|` separates name and fallback; blanks around both don't count. Single braces are
 * ordinary text; double ones always mean a variable, so that a slip of the finger is found and not sent.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const segments: (string | TemplateVariable)[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, name = "", fallback = ""] = match;
    if (columnKey(name) === "") return { ok: false, broken: whole };
    segments.push(text.slice(end, match.index));
    segments.push({ name: name.trim(), key: columnKey(name), fallback: fallback.trim() });
    end = match.index + whole.length;
  }
  segments.push(text.slice(end));
  const broken = brokenPart(segments);
  if (broken !== undefined) return { ok: false, broken };
  return { ok: true, template: { segments: segments.filter((segment) => segment !== "") } };
}

function brokenPart(segments: readonly (string | TemplateVariable)[]): string | undefined {
  for (const segment of segments) {
    if (typeof segment !== "string") continue;
    const opening = segment.indexOf("{{");
    if (opening >= 0) return firstLine(segment.slice(opening));
    const closing = segment.indexOf("}}");
    if (closing >= 0) return lastWord(segment.slice(0, closing + 2));
  }
  return undefined;
}

function firstLine(text: string): string {
  return (text.split(/[\r\n]/, 1)[0] ?? "").slice(0, SHOWN_LENGTH).trimEnd();
}

function lastWord(text: string): string {
  return (/\S+$/.exec(text.slice(-SHOWN_LENGTH))?.[0] ?? text).trim();
}

/** The variables of a template in the order they stand, each once. */
export function variablesOf(template: Template): readonly TemplateVariable[] {
  const byKey = new Map<string, TemplateVariable>();
  for (const segment of template.segments)
    if (typeof segment !== "string" && !byKey.has(segment.key)) byKey.set(segment.key, segment);
  return [...byKey.values()];
}

/** Tells whether a template reads differently for different recipients. */
export function usesVariables(template: Template): boolean {
  return template.segments.some((segment) => typeof segment !== "string");
}

/** The variables that neither the columns nor the username can fill, as written. */
export function unknownVariables(template: Template, columns: readonly string[]): readonly string[] {
  const known = new Set([...USERNAME_KEYS, ...columns.map(columnKey)]);
  return variablesOf(template)
    .filter(({ key }) => !known.has(key))
    .map(({ name }) => name);
}

/** What stays the same for every recipient: no rendered text is shorter. */
export function fixedText(template: Template): string {
  return template.segments.filter((segment) => typeof segment === "string").join("");
}

/**
 * The exact text for one recipient. A variable without value and fallback leaves nothing.
 * @param written How a value stands in the text; the fallback is the author's own and stays as it is
 */
export function renderTemplate(
  template: Template,
  recipient: { readonly username: string; readonly variables: Variables },
  written: (value: string) => string = asItIs,
): string {
  let text = "";
  for (const segment of template.segments)
    text += typeof segment === "string" ? segment : valueOf(segment, recipient, written);
  return text;
}

function asItIs(value: string): string {
  return value;
}

function valueOf(
  { name, key, fallback }: TemplateVariable,
  { username, variables }: { readonly username: string; readonly variables: Variables },
  written: (value: string) => string,
): string {
  if (USERNAME_KEYS.includes(key)) return username;
  const column = Object.hasOwn(variables, name) ? name : columnWithKey(variables, key);
  const value = column === undefined ? "" : (variables[column] ?? "").trim();
  return value === "" ? fallback : written(value);
}

function columnWithKey(variables: Variables, key: string): string | undefined {
  return Object.keys(variables).find((column) => columnKey(column) === key);
}

/**
 * What makes two spellings of a column's name the same: case, blanks and invisible marks don't count, nor whether a
 * Persian word was typed with Arabic letters.
 */
export function columnKey(name: string): string {
  return name
    .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, " ")
    .replaceAll("ي", "ی")
    .replaceAll("ك", "ک")
    .replace(/[\s_]+/g, " ")
    .trim()
    .toLowerCase();
}
