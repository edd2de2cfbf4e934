/** Serving pages to this computer alone. */
import { createAdaptorServer } from "@hono/node-server";

/** A server that listens. */
export interface ListeningServer {
  /** Without a slash at the end, e.g. `http://127.0.0.1:8787`. */
  readonly address: string;
  /** Ends all connections, also those that wait. */
  close(): Promise<void>;
}

/** What answers requests; a Hono application's `fetch` fits. */
export type Answering = Parameters<typeof createAdaptorServer>[0]["fetch"];

/**
 * Serves on 127.0.0.1.
 * @param port 0: any free one
 * @throws Error of Node when the port can't be had, `EADDRINUSE` when another program has it
 */
export async function listenLocally(answering: Answering, port: number): Promise<ListeningServer> {
  const server = createAdaptorServer({ fetch: answering });
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
