/** Serving pages to this computer alone. */
import type { ServerOptions } from "node:http";
import { createAdaptorServer } from "@hono/node-server";

/** A server that listens. */
export interface ListeningServer {
  /** Without a slash at the end, e.g. `http://127.0.0.1:8787`. */
  readonly address: string;
  /** Ends all connections, also those that wait. */
  close(): Promise<void>;
}

/** What anybody on this computer may take up of a server before they have shown that they may. */
export interface ServerLimits {
  /** Connections at a time; further ones are hung up on. */
  readonly connections: number;
  /** From the first byte of a request to the last of its headers, in ms. */
  readonly headersMs: number;
  /** From the first byte of a request to the last of its body, in ms; the answer may take as long as it wants. */
  readonly requestMs: number;
  /** How often these are looked at, in ms. */
  readonly lookMs: number;
}

/** Enough for every page and bot of one person, and for a file of 64 MB from this computer. */
const LIMITS: ServerLimits = { connections: 512, headersMs: 10_000, requestMs: 120_000, lookMs: 2000 };

/** What answers requests; a Hono application's `fetch` fits. */
export type Answering = Parameters<typeof createAdaptorServer>[0]["fetch"];

/**
 * Serves on 127.0.0.1.
 * @param port 0: any free one
 * @throws Error of Node when the port can't be had, `EADDRINUSE` when another program has it
 */
export async function listenLocally(
  answering: Answering,
  port: number,
  limits: ServerLimits = LIMITS,
): Promise<ListeningServer> {
  const server = createAdaptorServer({ fetch: answering, serverOptions: optionsOf(limits) });
  if ("maxConnections" in server) server.maxConnections = limits.connections;
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

function optionsOf({ headersMs, requestMs, lookMs }: ServerLimits): ServerOptions {
  return { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: lookMs };
}
