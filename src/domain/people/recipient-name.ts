/**
 * Who a text on a list means. A list says more than names: words for "nothing", pages of the platforms, headings. Owns
 * the rule that none of them becomes a recipient; what a username is at all, `username.ts` decides.
 */
import type { ParsedUsername } from "./username.ts";
import { parseUsername } from "./username.ts";

/** Words that programs write where there is nothing, and what spreadsheets show for a formula gone wrong. */
const PLACEHOLDER =
  /^[\s"'`«»“”]*(?:[-–—.…?]+|[@(<[{]*(?:none|null|nil|nan|undefined)[)>\]}]*|n[/.]a\.?|\\n|#(?:n\/a|ref!|value!|name\?|div\/0!|null!|num!|spill!|calc!)|<na>|ندارد|نداره|خالی|هیچ|нет|无|無)[\s"'`«»“”]*$/i;

/** In capitals; `na` may be somebody. */
const NOT_AVAILABLE = /^[\s"']*NA[\s"']*$/;

/** Paths and subdomains that the platforms keep for themselves; nobody can be called so there. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "about account accounts addemoji addlist addstickers addtheme boost compose confirmphone directory download explore " +
    "followers following giftcode hashtag home i intent invoice joinchat jobs legal login logout messages notifications " +
    "oauth privacy proxy reel reels search setlanguage settings share signup socks stories tos username usernames user_name " +
    "screen_name"
  ).split(" "),
);

const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** Tells whether a text only says that there is nothing. */
export function isPlaceholder(text: string): boolean {
  return text.length < 40 && (PLACEHOLDER.test(text) || NOT_AVAILABLE.test(text));
}

/**
 * Reads a text on a list as the recipient it means. Beside what {@link parseUsername} refuses, nobody is meant by a
 * word for nothing, by a name that the platforms keep for themselves, and by a single letter, unless the text leads to
 * a platform that has names of one letter.
 * @param hasShortNames The names are all of such a platform
 */
export function parseRecipientName(raw: string, hasShortNames = false): ParsedUsername {
  const parsed = parseUsername(raw);
  if (!parsed.ok) return isPlaceholder(raw) ? { ok: false, reason: "placeholder" } : parsed;
  const { username } = parsed;
  const last = username.charCodeAt(username.length - 1);
  if (last >= DIGIT_0 && last <= DIGIT_9 && username.length > 1) return parsed;
  if (isWordForNothing(raw, username)) return { ok: false, reason: "placeholder" };
  if (username.length === 1 && !hasShortNames && !HAS_ONE_LETTER.test(raw))
    return { ok: false, reason: "tooShort" };
  return RESERVED.has(username) ? { ok: false, reason: "reserved" } : parsed;
}

/** Links to platforms on which a name may have one letter. */
const HAS_ONE_LETTER = /(?:x|twitter|instagram|tiktok)\.com\//i;

const NOTHING: ReadonlySet<string> = new Set(["none", "null", "nil", "nan", "undefined", "n.a"]);

function isWordForNothing(raw: string, username: string): boolean {
  return NOTHING.has(username) || /^[_.]+$/.test(username) || isPlaceholder(raw);
}
