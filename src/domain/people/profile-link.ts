/** What a text says as a link: it leads to one person's profile, to something else, or is no link at all. */
export type LinkReading =
  | { readonly kind: "notALink" }
  | { readonly kind: "profile"; readonly name: string }
  /** A post, a group invitation, a search, another website. */
  | { readonly kind: "other" };

const NOT_A_LINK: LinkReading = { kind: "notALink" };
const OTHER: LinkReading = { kind: "other" };

/** Scheme, host without the prefixes that change nothing, the first two segments of the path, and what follows them. */
const ADDRESS = /^((?:https?:)?\/\/)?(?:(?:www|m|mobile)\.)?([^/?#]*)\/*([^/?#]*)\/*([^/?#]*)\/*([^?#]*)/i;
const APP_LINK = /^tg:(?:\/\/)?resolve\/?\?(.*)$/i;

/** First path segments that are pages of the platform and never a person. */
const TELEGRAM_PAGES =
  /^(?:\+.*|joinchat|[acksmz]|add(?:list|stickers|emoji|theme)|auction|auth|bg|boost|call|confirmphone|contact|giftcode|invoice|iv|login|msg|nft|proxy|setlanguage|share|socks|stickers|web)$/i;
const X_PAGES =
  /^(?:about|account|compose|download|explore|hashtag|home|i|intent|jobs|login|logout|messages|notifications|oauth|privacy|search|settings|share|signup|tos)$/i;
const INSTAGRAM_PAGES = /^(?:about|accounts|ar|direct|directory|explore|legal|p|reels?|s|stories|tv|web)$/i;
/** Tabs of one person's own profile on X; anything else after the name is a post, a list or a picture. */
const X_TABS = /^(?:articles|followers|following|highlights|likes|media|verified_followers|with_replies)$/i;

/**
 * Reads profile links of Telegram, X, Instagram and TikTok in every usual spelling: with or without scheme and `www.`,
 * with a query, a fragment or a trailing slash, and `name.t.me` and `tg://resolve?domain=name`.
 *
 * A link to somebody's post is not a profile link: whoever pasted it may have meant anybody in that thread.
 * @param text Without blanks around or inside
 * @returns The name as written in the link; whether it can be a username is not looked at
 */
export function profileNameOf(text: string): LinkReading {
  if (!/[./:]/.test(text)) return NOT_A_LINK;
  const [, scheme, host = "", name = "", tab = "", deeper = ""] = ADDRESS.exec(text) ?? [];
  const profile = nameAt(host.toLowerCase(), name, deeper === "" ? tab : "deeper");
  if (profile !== undefined) return asReading(profile);
  if (/^tg:/i.test(host)) return fromAppLink(text);
  const leadsSomewhere = scheme !== undefined || (text.includes("/") && /[.:]/.test(host));
  return leadsSomewhere ? OTHER : NOT_A_LINK;
}

/** The person's name; empty when the site is known and the path leads elsewhere, undefined for any other site. */
function nameAt(site: string, name: string, tab: string): string | undefined {
  switch (site) {
    case "t.me":
    case "telegram.me":
    case "telegram.dog":
      return tab !== "" || TELEGRAM_PAGES.test(name) ? "" : name;
    case "x.com":
    case "twitter.com":
      return X_PAGES.test(name) || (tab !== "" && !X_TABS.test(tab)) ? "" : name;
    case "instagram.com":
      if (name === "_u") return tab; // how its own exports write a profile
      return tab !== "" || INSTAGRAM_PAGES.test(name) ? "" : name;
    case "tiktok.com":
      return tab !== "" || !name.startsWith("@") ? "" : name;
    default:
      return site.endsWith(".t.me") ? subdomainName(site.slice(0, -".t.me".length), name) : undefined;
  }
}

/** `name.t.me`; the pages that are paths elsewhere are subdomains too. */
function subdomainName(subdomain: string, path: string): string {
  return path !== "" || TELEGRAM_PAGES.test(subdomain) ? "" : subdomain;
}

/** `tg://resolve?domain=name`, as Telegram's own apps write it; with `post` it leads to a message. */
function fromAppLink(text: string): LinkReading {
  const parameters = new Map((APP_LINK.exec(text)?.[1] ?? "").split("&").map(splitPair));
  return asReading(parameters.has("post") ? "" : (parameters.get("domain") ?? ""));
}

function splitPair(pair: string): [string, string] {
  const [name = "", value = ""] = pair.split("=", 2);
  return [name.toLowerCase(), value];
}

function asReading(name: string): LinkReading {
  const bare = name.startsWith("@") ? name.slice(1) : name;
  return bare === "" ? OTHER : { kind: "profile", name: bare };
}
