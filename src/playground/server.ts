/** The playground's HTTP server: one port of 127.0.0.1 for the Bot API and the chat page. */
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { ApiContext } from "./api-context.ts";
import { asApiError, botApiRoutes } from "./bot-api.ts";
import type { CallJournal } from "./call-journal.ts";
import { localOnly } from "./guard.ts";
import { pageRoutes } from "./page-routes.ts";
import type { Sample } from "./sample.ts";
import type { PersonSide } from "./person-side.ts";

/** What the routes serve. */
export interface ServerParts {
  readonly context: ApiContext;
  readonly token: string;
  readonly journal: CallJournal;
  readonly side: PersonSide;
  readonly samples: readonly Sample[];
  /** Fires when the playground closes. */
  readonly closing: AbortSignal;
}

/** A server that listens. */
export interface ListeningServer {
  /** Without a slash at the end, e.g. `http://127.0.0.1:8787`. */
  readonly address: string;
  /** Ends all connections, also those that wait. */
  close(): Promise<void>;
}

/** All routes, to be served by whoever owns a port. */
export function playgroundRoutes(parts: ServerParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(localOnly);
  app.route("/", botApiRoutes(parts));
  app.route("/", pageRoutes(parts));
  app.notFound((c) => c.json({ ok: false, error_code: 404, description: "Not Found" }, 404));
  app.onError((error) => asApiError(error).toResponse());
  return app;
}

/**
 * Serves the routes on 127.0.0.1.
 * @param port 0: any free one
 * @throws Error of Node when the port can't be had
 */
export async function listen(parts: ServerParts, port: number): Promise<ListeningServer> {
  const server = createAdaptorServer({ fetch: playgroundRoutes(parts).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
