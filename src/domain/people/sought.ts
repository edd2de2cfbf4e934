/** Whom a text asks for: a name in any usual spelling, a link to a profile, or the platform's own id. */
import type { InvalidReason } from "./username.ts";
import { parseUsername } from "./username.ts";

export type SoughtPerson =
  | {
      readonly ok: true;
      /** The name or the id as it is kept: asked again, it asks for the same. At most 32 characters. */
      readonly text: string;
      readonly names: readonly string[];
      readonly ids: readonly string[];
    }
  | { readonly ok: false; readonly reason: InvalidReason };

/** X has ids of up to 19 digits, Telegram of up to 16. */
const ID = /^\d{1,20}$/;

/** Links that say an id: Telegram's to a user, X's to an account. */
const ID_LINK =
  /^(?:tg:\/\/user\?id=|(?:https?:\/\/)?(?:www\.)?(?:x|twitter)\.com\/(?:i\/user\/|intent\/user\?user_id=))(\d{1,20})\/?$/i;

/** @param raw Latin digits, no invisible marks */
export function soughtIn(raw: string): SoughtPerson {
  const text = raw.trim();
  const linked = ID_LINK.exec(text)?.[1];
  if (linked !== undefined) return { ok: true, text: linked, names: [], ids: [linked] };
  const parsed = parseUsername(text);
  // On X a name may be all digits; one of ten and more is taken for a telephone number elsewhere.
  if (ID.test(text)) return { ok: true, text, names: parsed.ok ? [text] : [], ids: [text] };
  if (!parsed.ok) return parsed;
  return { ok: true, text: parsed.username, names: [parsed.username], ids: [] };
}
