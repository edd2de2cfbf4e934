/**
 * The door of this computer's own pages: behind it is whoever has their key, in the address they were given, in the
 * cookie that the address left behind, or, for programs, as a bearer token. Any program and any user of the computer can
 * reach a port of it; without the key they learn how to get one, and nothing else.
 */
import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isSameSecret } from "./page-key.ts";
import { PAGE_HEADERS, pageText } from "./page-files.ts";

/** Name of the key in an address. */
const PARAMETER = "key";

/** Browsers keep no cookie longer than 400 days (RFC 6265bis, 5.5). */
const KEPT_S = 400 * 24 * 3600;

/** The address that opens a page. @param page Whole address of the page, without a query */
export function addressWithKey(page: string, key: string): string {
  return `${page}?${PARAMETER}=${key}`;
}

/** Lets nobody past who does not show the key. */
export function pageDoor(key: string): MiddlewareHandler {
  const isKey = (shown: string | undefined): boolean => shown !== undefined && isSameSecret(shown, key);
  return async (c, next) => {
    const isInAddress = isKey(c.req.query(PARAMETER));
    if (!isInAddress && !isKey(getCookie(c, cookieName(c))) && !isKey(tokenIn(c))) return refusal(c);
    await next();
    if (isInAddress)
      setCookie(c, cookieName(c), key, { path: "/", httpOnly: true, sameSite: "Strict", maxAge: KEPT_S });
    return undefined;
  };
}

/** Browsers keep the cookies of all ports of a host together, so the port is in the name. */
function cookieName(c: Context): string {
  return `peyk_${/:(\d+)$/.exec(c.req.header("host") ?? "")?.[1] ?? "80"}`;
}

function tokenIn(c: Context): string | undefined {
  return /^Bearer (\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

async function refusal(c: Context): Promise<Response> {
  const isPage = c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html");
  if (!isPage)
    return c.json({ ok: false, error_code: 401, description: "Only with the key of this page" }, 401, {
      ...PAGE_HEADERS,
    });
  const html = await pageText("door/index.html");
  return c.html(html, 401, { ...PAGE_HEADERS, "content-security-policy": policyOf(html) });
}

/** The page stands alone: nothing is loaded, and only the style it carries counts. */
function policyOf(html: string): string {
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
