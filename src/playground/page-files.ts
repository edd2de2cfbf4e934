/** The chat page's own files: what lies in `public/playground/`, and the Persian font from its package. */
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

/** Sent with every answer to the page. */
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

/** The same folder from `src/playground/` and from `dist/playground/`. */
const FOLDER = new URL("../../public/playground/", import.meta.url);
const FONT = "vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2";

/** Serves `/`, `/page/<file>` and the font; a name that is no plain file name never reaches the disk. */
export function pageFileRoutes(): Hono {
  const app = new Hono();
  app.get("/", () => pageFile("index.html"));
  app.get("/page/:file{[a-z-]+\\.(?:js|css|svg)}", (c) => pageFile(c.req.param("file")));
  app.get("/page/vazirmatn.woff2", async () => {
    const font = await readFile(createRequire(import.meta.url).resolve(FONT));
    return fileResponse(font, "font/woff2");
  });
  return app;
}

async function pageFile(name: string): Promise<Response> {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  try {
    return fileResponse(await readFile(new URL(name, FOLDER)), type);
  } catch {
    return new Response("Not found", { status: 404, headers: PAGE_HEADERS });
  }
}

function fileResponse(bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(bytes, { headers: { ...PAGE_HEADERS, "content-type": type } });
}
