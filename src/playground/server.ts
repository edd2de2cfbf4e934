/** The playground's HTTP server: one port of 127.0.0.1 for the Bot API and the chat page. */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { localOnly } from "../lib/pages/local-only.ts";
import { pageDoor } from "../lib/pages/page-door.ts";
import type { ListeningServer } from "../lib/pages/local-server.ts";
import { listenLocally } from "../lib/pages/local-server.ts";
import { asApiError, botApiRoutes } from "./api/bot-api.ts";
import { pageRoutes } from "./page/page-routes.ts";
import type { ServerParts } from "./server-parts.ts";

/** Paths of the chat page; nothing below is reached by another one, or without the key. */
const PAGE = /^\/(?:$|page\/|shared\/|chat\/)/;

/** All routes, to be served by whoever owns a port. */
export function playgroundRoutes(parts: ServerParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(localOnly());
  app.route("/", botApiRoutes(parts));
  const otherwise = (c: Context): Response | Promise<Response> =>
    parts.beside?.(c.req.raw) ?? c.json({ ok: false, error_code: 404, description: "Not Found" }, 404);
  const door = pageDoor(parts.key);
  app.use(async (c, next) => (PAGE.test(c.req.path) ? door(c, next) : otherwise(c)));
  app.route("/", pageRoutes(parts));
  app.notFound(otherwise);
  app.onError((error) => asApiError(error).toResponse());
  return app;
}

/**
 * Serves the routes on 127.0.0.1.
 * @param port 0: any free one
 * @throws Error of Node when the port can't be had
 */
export function listen(parts: ServerParts, port: number): Promise<ListeningServer> {
  return listenLocally(playgroundRoutes(parts).fetch, port);
}
