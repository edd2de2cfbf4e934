/**
 * Keeps other web sites out: a page of theirs may send requests to 127.0.0.1 from the operator's browser, under its own
 * origin or, after rebinding its name, under its own host. Neither gets further than here.
 */
import type { Context, MiddlewareHandler } from "hono";

const LOCAL = new Set(["127.0.0.1", "localhost"]);

/** Refuses requests for another host, and those that a foreign page sent to change something. */
export const localOnly: MiddlewareHandler = async (c, next) => {
  if (!isLocal(`http://${c.req.header("host") ?? ""}`)) return refusal(c, "Only for this computer.");
  const origin = c.req.header("origin");
  const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (changes && origin !== undefined && !sameOrigin(origin, c.req.header("host")))
    return refusal(c, "Another site may not write here.");
  if (isFromAnotherPage(c)) return refusal(c, "Another site may not look in here.");
  return next();
};

/** Programs get it in the shape of all their problems (RFC 9457). */
function refusal(c: Context, detail: string): Response {
  if (!c.req.path.startsWith("/api/")) return c.text(detail, 403);
  const problem = {
    type: "urn:peyk:problem:foreign",
    title: "Forbidden",
    status: 403,
    code: "foreign",
    detail,
  };
  return c.json(problem, 403, { "content-type": "application/problem+json" });
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
