/** Files of pages: what lies in `public/`, and the Persian typeface from its package. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Hono } from "hono";

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Sent with every answer to a page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-cache",
};

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** The same folder from `src/lib/pages/` and from `dist/lib/pages/`. */
const PUBLIC = new URL("../../../public/", import.meta.url);
const FONT = "vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2";

/**
 * Answers with a file of `public/`, or 404 when there is none.
 * @param path Below `public/`; made of plain file names by the caller
 * @param change Text of the file as it is sent
 */
export async function pageFile(
  path: string,
  change: (text: string) => string = (text) => text,
): Promise<Response> {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  try {
    return fileResponse(change(await pageText(path)), type);
  } catch {
    return new Response("Not found", { status: 404, headers: PAGE_HEADERS });
  }
}

/** Reads a file of `public/`. */
export function pageText(path: string): Promise<string> {
  return readFile(new URL(path, PUBLIC), "utf8");
}

/** What the pages share: `/shared/<file>` and the typeface; a name that is no plain file name never reaches the disk. */
export function sharedFiles(): Hono {
  const app = new Hono();
  app.get("/shared/:file{[a-z-]+\\.(?:js|css|svg)}", (c) => pageFile(`shared/${c.req.param("file")}`));
  app.get("/shared/vazirmatn.woff2", () => fontFile());
  return app;
}

async function fontFile(): Promise<Response> {
  return fileResponse(await readFile(createRequire(import.meta.url).resolve(FONT)), "font/woff2");
}

function fileResponse(content: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(content, { headers: { ...PAGE_HEADERS, "content-type": type } });
}
