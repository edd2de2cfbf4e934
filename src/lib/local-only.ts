/**
 * Keeps other web sites out: a page of theirs may send requests to 127.0.0.1 from the operator's browser, under its own
 * origin or, after rebinding its name, under its own host. Neither gets further than here.
 */
import type { MiddlewareHandler } from "hono";

const LOCAL = new Set(["127.0.0.1", "localhost"]);

/** Refuses requests for another host, and those that a foreign page sent to change something. */
export const localOnly: MiddlewareHandler = async (c, next) => {
  if (!isLocal(`http://${c.req.header("host") ?? ""}`)) return c.text("Only for this computer.", 403);
  const origin = c.req.header("origin");
  const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (changes && origin !== undefined && !sameOrigin(origin, c.req.header("host")))
    return c.text("Another site may not write here.", 403);
  return next();
};

function isLocal(address: string): boolean {
  return URL.canParse(address) && LOCAL.has(new URL(address).hostname);
}

function sameOrigin(origin: string, host: string | undefined): boolean {
  return isLocal(origin) && new URL(origin).host === host;
}
