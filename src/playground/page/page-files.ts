/** The chat page's files: what lies in `public/playground/`, and what the pages share. */
import { Hono } from "hono";
import { pageFile, sharedFiles } from "../../lib/pages/page-files.ts";

/** Serves `/`, `/page/<file>` and `/shared/<file>`; a name that is no plain file name never reaches the disk. */
export function pageFileRoutes(): Hono {
  const app = new Hono();
  app.get("/", () => pageFile("playground/index.html"));
  app.get("/page/:file{[a-z-]+\\.(?:js|css|svg)}", (c) => pageFile(`playground/${c.req.param("file")}`));
  app.route("/", sharedFiles());
  return app;
}
