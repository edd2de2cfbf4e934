/** What names an account or a post on Bluesky, however people write it. */
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import type { ParsedTarget } from "../source.ts";

/** A handle is a domain name; longer ones than 253 characters there are none (atproto.com/specs/handle). */
const HANDLE = /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DID = /^did:(?:plc:[a-z2-7]{24}|web:[a-zA-Z0-9.:%-]{3,200})$/;
/** Whatever list of the profile it shows; but a link to a post or to a feed names something else. */
const PROFILE_LINK =
  /^(?:https?:\/\/)?(?:www\.)?bsky\.app\/profile\/([^/?#]+)(?:\/(?:followers|follows|known-followers|search|labeler)?)?(?:[?#].*)?$/i;
const POST_LINK =
  /^(?:https?:\/\/)?(?:www\.)?bsky\.app\/profile\/([^/?#]+)\/post\/([a-z0-9]{1,15})(?:[/?#].*)?$/i;
const POST_ADDRESS = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([a-z0-9]{1,15})$/i;

const LONGEST = 512;

/** Reads `@handle`, a link to a profile, or a DID; answers the handle in lower case, or the DID. */
export function parseAccount(text: string): ParsedTarget {
  return reading(text, (bare) => {
    const actor = actorOf(PROFILE_LINK.exec(bare)?.[1] ?? bare);
    return actor === undefined ? { ok: false, problem: "notAName" } : { ok: true, query: actor };
  });
}

/** Reads a link to a post or its `at://` address; answers the address. */
export function parsePost(text: string): ParsedTarget {
  return reading(text, (bare) => {
    const [, name = "", key] = POST_LINK.exec(bare) ?? POST_ADDRESS.exec(bare) ?? [];
    const actor = actorOf(name);
    if (actor === undefined || key === undefined) return { ok: false, problem: "notAPost" };
    return { ok: true, query: postAddress(actor, key) };
  });
}

/** The account and the key that an address of {@link parsePost} is made of. */
export function partsOfPost(address: string): { readonly actor: string; readonly key: string } {
  const [, actor = "", key = ""] = POST_ADDRESS.exec(address) ?? [];
  return { actor, key };
}

/** The address under which the service knows a post. */
export function postAddress(actor: string, key: string): string {
  return `at://${actor}/app.bsky.feed.post/${key}`;
}

function reading(text: string, parse: (bare: string) => ParsedTarget): ParsedTarget {
  if (text.length > LONGEST) return { ok: false, problem: text.trim() === "" ? "empty" : "tooLong" };
  const bare = withoutDirectionMarks(text).trim();
  return bare === "" ? { ok: false, problem: "empty" } : parse(bare);
}

function actorOf(text: string): string | undefined {
  const name = text.startsWith("@") ? text.slice(1) : text;
  if (DID.test(name)) return name;
  return HANDLE.test(name.toLowerCase()) ? name.toLowerCase() : undefined;
}
