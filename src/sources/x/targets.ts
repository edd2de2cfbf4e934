/** What names an account or a post on X, however people write it. */
import { parseUsername } from "../../domain/people/username.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import type { ParsedTarget } from "../source.ts";

const X_NAME = /^[a-z0-9_]{1,15}$/;
/** Names that `parseUsername` takes for telephone numbers, or finds too short, and that X has all the same. */
const ODD_NAME = /^@?([A-Za-z0-9_]{1,15})$/;
const X_LINK = /^(?:https?:\/\/)?(?:(?:www|m|mobile)\.)?(?:x|twitter)\.com\//i;
const POST_LINK =
  /^(?:https?:\/\/)?(?:(?:www|m|mobile)\.)?(?:x|twitter)\.com\/(?:i\/web|i|\w{1,40})\/status(?:es)?\/(\d{1,19})(?:[/?#].*)?$/i;
const POST_ID = /^\d{5,19}$/;

const LONGEST = 512;

/** Reads `@name` or a link to a profile on X; answers the name in lower case. */
export function parseAccount(text: string): ParsedTarget {
  return reading(text, (bare) => {
    const odd = ODD_NAME.exec(bare)?.[1];
    if (odd !== undefined) return { ok: true, query: odd.toLowerCase() };
    const parsed = X_LINK.test(bare) ? parseUsername(bare) : undefined;
    if (!parsed?.ok || !X_NAME.test(parsed.username)) return { ok: false, problem: "notAName" };
    return { ok: true, query: parsed.username };
  });
}

/** Reads a link to a post on X, or its id; answers the id. */
export function parsePost(text: string): ParsedTarget {
  return reading(text, (bare) => {
    const id = POST_LINK.exec(bare)?.[1] ?? POST_ID.exec(bare)?.[0];
    return id === undefined ? { ok: false, problem: "notAPost" } : { ok: true, query: id };
  });
}

function reading(text: string, parse: (bare: string) => ParsedTarget): ParsedTarget {
  if (text.length > LONGEST) return { ok: false, problem: text.trim() === "" ? "empty" : "tooLong" };
  const bare = withoutDirectionMarks(text).trim();
  return bare === "" ? { ok: false, problem: "empty" } : parse(bare);
}
