/** The chat page's own files: what lies in `public/playground/`, and the Persian font. */
import { Hono } from "hono";
import { fontFile, pageFile } from "../../lib/pages/page-files.ts";

/** Serves `/`, `/page/<file>` and the font; a name that is no plain file name never reaches the disk. */
export function pageFileRoutes(): Hono {
  const app = new Hono();
  app.get("/", () => pageFile("playground/index.html"));
  app.get("/page/:file{[a-z-]+\\.(?:js|css|svg)}", (c) => pageFile(`playground/${c.req.param("file")}`));
  app.get("/page/vazirmatn.woff2", () => fontFile());
  return app;
}
