/**
 * What a username is, however people write it. Owns the one rule by which two spellings are the same recipient
 * (`@Ali_1`, `ali_1` and a link to the profile): whatever enters a list, a checkpoint or a command passes through here first.
 */
import { profileNameOf } from "./profile-link.ts";

/** Why a text, or a row of a list, gives no name; of several reasons the one that helps most. */
export const invalidReasons = [
  "spaces",
  "tooShort",
  "tooLong",
  "characters",
  "notAProfileLink",
  "phoneNumber",
  "email",
  "empty",
  /** A word for nothing, such as `null`. */
  "placeholder",
  /** A page of the platform or a heading, which nobody can be called. */
  "reserved",
  /** The row has more cells than the table has columns, and it is not sure which belong together. */
  "surplusCells",
  /** A bare word in a text with sentences, where names say by `@` or a link that they are. */
  "bareAmongText",
  /** Bytes in the row that mean nothing in the file's encoding. */
  "unreadable",
  /** The list itself says that this person left or never agreed. */
  "optedOut",
  /** The list itself says that this is a program and nobody reads what it gets. */
  "bot",
] as const;

export type InvalidReason = (typeof invalidReasons)[number];

export type ParsedUsername =
  { readonly ok: true; readonly username: string } | { readonly ok: false; readonly reason: InvalidReason };

/** The widest of the platforms: Telegram has 4 to 32, X 1 to 15, Instagram up to 30. Channels may ask for more. */
const MAX_LENGTH = 32;
const NAME = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;

/** Most names of most lists; whatever matches needs no more care. Begins with a letter: no telephone number. */
const PLAIN = /^@?[A-Za-z][A-Za-z0-9_]{1,31}$/;

/** Longer texts are not looked at: no link to a profile is, and patterns stay quick on whatever a file holds. */
const LONGEST_SPELLING = 512;

/** Anything but printing ASCII may need tidying; so do quotes. */
const UNTIDY = /[^!-~]|["'`<>]/;
/** Marks nobody sees and that come along when names are copied out of right-to-left texts and chats. */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const QUOTES = /^["'`“”„«»‘’‹›<>\s]+|["'`“”„«»‘’‹›<>\s]+$/g;
const EASTERN_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g;

const PHONE_NUMBER = /^(?:\+|00)[\d\s().-]{6,}$|^0?9\d{9}$|^\d{10,15}$/;
const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/.]+$/;

/**
 * Reduces any usual spelling of a username to the one Peyk stores: trimmed, without `@`, quotes and invisible marks,
 * profile links cut to the name, Persian and Arabic digits made ASCII, lower case.
 *
 * A name is 1 to 32 letters, digits and `_`, with single dots inside. Parsing a result again gives the same result.
 * Digits alone are a name too, unless there are 10 to 15 of them: that is a telephone number.
 */
export function parseUsername(raw: string): ParsedUsername {
  if (PLAIN.test(raw)) return valid(raw);
  if (raw.startsWith("http")) {
    const link = profileNameOf(raw);
    if (link.kind === "profile" && PLAIN.test(link.name)) return valid(link.name);
  }
  if (raw.length > LONGEST_SPELLING) return invalid(raw.trim() === "" ? "empty" : "tooLong");
  const isTidy = !UNTIDY.test(raw);
  const text = isTidy ? raw : tidy(raw);
  const bare = text.startsWith("@") ? text.replace(/^[@\s]+/, "") : text;
  if (bare === "") return invalid("empty");
  if (PHONE_NUMBER.test(bare)) return invalid("phoneNumber");
  if (bare.includes("@") && EMAIL.test(bare)) return invalid("email");
  if (!isTidy && /\s/.test(bare)) return invalid("spaces");
  const link = profileNameOf(bare);
  if (link.kind === "other") return invalid("notAProfileLink");
  return checkName(link.kind === "profile" ? link.name : bare);
}

function tidy(raw: string): string {
  return raw
    .replace(INVISIBLE, "")
    .replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(QUOTES, "");
}

function checkName(name: string): ParsedUsername {
  if (!NAME.test(name)) return invalid("characters");
  if (name.includes(".") && profileNameOf(name).kind !== "notALink") return invalid("notAProfileLink");
  if (PHONE_NUMBER.test(name)) return invalid("phoneNumber");
  if (name.length > MAX_LENGTH) return invalid("tooLong");
  return valid(name);
}

function valid(name: string): ParsedUsername {
  return { ok: true, username: (name.startsWith("@") ? name.slice(1) : name).toLowerCase() };
}

function invalid(reason: InvalidReason): ParsedUsername {
  return { ok: false, reason };
}
