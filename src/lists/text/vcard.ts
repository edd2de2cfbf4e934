/** Contacts as telephones export them. Names and numbers of people are no usernames; links to their profiles are. */
import { profileNameOf } from "../../domain/people/profile-link.ts";
import type { FieldRecord } from "./records.ts";
import { fieldSource } from "./records.ts";
import type { RowSource } from "../row.ts";
import { BrokenList } from "../row.ts";

/** Tells whether a text is made of such contacts. */
export function isVcard(head: string): boolean {
  return /^\s*BEGIN:VCARD\s*$/im.test(head.trimStart().split(/\r?\n/, 1)[0] ?? "");
}

/** What a card says that a message may use, and how its columns are called. */
const COLUMNS: Readonly<Record<string, string>> = {
  FN: "name",
  TEL: "phone",
  EMAIL: "email",
  ORG: "company",
  NOTE: "note",
  NICKNAME: "nickname",
};
/** The column of links to profiles. */
const PROFILE = "profile";

/**
 * The contacts as a table. Of what a card has several times the first counts, but for links to profiles: two to different
 * people stand in columns of their own, so that it is asked which is meant.
 */
export function vcardSource(text: string): RowSource {
  return fieldSource([...cardsOf(unfolded(text))]);
}

interface CardLine {
  readonly line: number;
  readonly text: string;
}

/** What goes on longer is a picture. */
const LONGEST_LINE = 1 << 14;

/** Long lines go on in the next one, behind a blank. */
function* unfolded(text: string): Generator<CardLine> {
  let [number, line, open] = [0, 0, ""];
  for (const one of text.split(/\r\n|\n|\r/)) {
    number++;
    if (/^[ \t]/.test(one) && open !== "") {
      if (open.length < LONGEST_LINE) open += one.slice(1);
      continue;
    }
    if (open !== "") yield { line, text: open };
    [line, open] = [number, one.trimEnd()];
  }
  if (open !== "") yield { line, text: open };
}

function* cardsOf(lines: Iterable<CardLine>): Generator<FieldRecord> {
  let [start, isOpen] = [0, false];
  let fields = new Map<string, string>();
  for (const { line, text } of lines) {
    if (/^BEGIN:VCARD$/i.test(text)) {
      if (isOpen) throw new BrokenList("csv", start);
      [start, isOpen, fields] = [line, true, new Map()];
    } else if (/^END:VCARD$/i.test(text)) {
      yield { line: start, fields };
      isOpen = false;
    } else takeProperty(fields, text);
  }
  if (isOpen) throw new BrokenList("csv", start);
}

function takeProperty(fields: Map<string, string>, text: string): void {
  const colon = text.indexOf(":");
  const [name = "", ...parameters] = text
    .slice(0, colon)
    .toUpperCase()
    .replace(/^[^.;]*\./, "")
    .split(";");
  const value = decoded(text.slice(colon + 1), parameters);
  const profile = profileIn(name, parameters, value);
  if (profile !== undefined) addProfile(fields, profile);
  const column = COLUMNS[name];
  if (column !== undefined && value !== "" && !fields.has(column)) fields.set(column, value);
}

function addProfile(fields: Map<string, string>, profile: string): void {
  for (let count = 1; ; count++) {
    const column = count === 1 ? PROFILE : `${PROFILE}_${count}`;
    const known = fields.get(column);
    if (known === profile) return;
    if (known === undefined) {
      fields.set(column, profile);
      return;
    }
  }
}

/** A link to a profile, whether written as one or as a service and a name. */
function profileIn(name: string, parameters: readonly string[], value: string): string | undefined {
  const isService = name.startsWith("X-") && SERVICE.test(name);
  if (name !== "URL" && name !== "IMPP" && name !== "X-SOCIALPROFILE" && !isService) return undefined;
  if (profileNameOf(value).kind === "profile") return value;
  const service = [name, ...parameters, value.toUpperCase()]
    .map((text) => SERVICE.exec(text)?.[1])
    .find(Boolean);
  const site = SITES[service ?? ""];
  const bare = /([^:/@]+)$/.exec(value)?.[1];
  return site === undefined || bare === undefined || name === "URL" ? undefined : `https://${site}${bare}`;
}

const SERVICE = /\b(TELEGRAM|TWITTER|INSTAGRAM|TIKTOK)\b/;
const SITES: Readonly<Record<string, string>> = {
  TELEGRAM: "t.me/",
  TWITTER: "x.com/",
  INSTAGRAM: "instagram.com/",
  TIKTOK: "tiktok.com/@",
};

function decoded(value: string, parameters: readonly string[]): string {
  const plain = parameters.includes("ENCODING=QUOTED-PRINTABLE") ? fromQuotedPrintable(value) : value;
  return plain
    .replace(/\\n/gi, "\n")
    .replace(/\\([,;\\])/g, "$1")
    .trim();
}

function fromQuotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
