/**
 * Keeps other web sites out: a page of theirs may send requests to 127.0.0.1 from the operator's browser, under its own
 * origin or, after rebinding its name, under its own host. Neither gets further than here.
 */
import type { Context, MiddlewareHandler } from "hono";

/** Answers programs in their own shape and language; undefined: it is for a person at a browser. */
export type Refusal = (c: Context) => Response | undefined;

const LOCAL = new Set(["127.0.0.1", "localhost"]);

/** Refuses requests for another host, and those that a foreign page sent to change something. */
export function localOnly(refusal: Refusal = () => undefined): MiddlewareHandler {
  return async (c, next) => {
    const why = whyForeign(c);
    return why === undefined ? next() : (refusal(c) ?? c.text(why, 403));
  };
}

function whyForeign(c: Context): string | undefined {
  if (!isLocal(`http://${c.req.header("host") ?? ""}`)) return "Only for this computer.";
  const origin = c.req.header("origin");
  const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (changes && origin !== undefined && !sameOrigin(origin, c.req.header("host")))
    return "Another site may not write here.";
  return isFromAnotherPage(c) ? "Another site may not look in here." : undefined;
}

/**
 * Browsers say where a request comes from (Fetch Metadata); only opening the page may be another site's doing. A page
 * that another user of this computer serves from a port of theirs counts as another one.
 */
function isFromAnotherPage(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  const isOpening = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
  return !isOpening && (site === "cross-site" || site === "same-site");
}

function isLocal(address: string): boolean {
  return URL.canParse(address) && LOCAL.has(new URL(address).hostname);
}

function sameOrigin(origin: string, host: string | undefined): boolean {
  return isLocal(origin) && new URL(origin).host === host;
}
