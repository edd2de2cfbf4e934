/** The stream that keeps the chat page up to date: everything on connecting, then each change as it happens. */
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { SSEStreamingApi } from "hono/streaming";
import { streamSSE } from "hono/streaming";
import { pageEvent, pageView } from "./page-view.ts";
import type { PageEvent } from "./page-wire.ts";
import type { ServerParts } from "../server-parts.ts";

/** A quiet stream says this often that it is still there, in ms; proxies and sleeping laptops drop silent ones. */
const HEARTBEAT_MS = 15_000;

/** Changes that may wait for a page that does not read; one that is further behind begins again with the whole view. */
const MOST_WAITING = 1000;

type PageContext = Context<{ Bindings: HttpBindings }>;

/**
 * Serves one page until it goes away, falls behind or the playground closes.
 * @param leave Called at the end
 */
export function streamPageEvents(c: PageContext, parts: ServerParts, leave: () => void): Response {
  return streamSSE(c, async (stream) => {
    try {
      // One that does not read can't be told that it is too late either.
      await keepUpToDate(stream, parts, () => void c.env.outgoing.destroy());
    } finally {
      leave();
    }
  });
}

async function keepUpToDate(
  stream: SSEStreamingApi,
  { context, samples, closing }: ServerParts,
  hangUp: () => void,
): Promise<void> {
  const waiting: PageEvent[] = [];
  let arrived = new AbortController();
  const gone = new AbortController();
  const unsubscribe = context.store.subscribe((event) => {
    const shown = pageEvent(context, event);
    if (!shown) return;
    waiting.push(shown);
    arrived.abort();
    if (waiting.length <= MOST_WAITING) return;
    unsubscribe();
    gone.abort();
    waiting.length = 0;
    hangUp();
  });
  stream.onAbort(() => gone.abort());
  const over = AbortSignal.any([gone.signal, closing]);
  try {
    await stream.writeSSE({ event: "view", data: JSON.stringify(pageView(context, samples)) });
    while (!over.aborted) {
      arrived = new AbortController();
      if (waiting.length === 0)
        await context.clock
          .sleep(HEARTBEAT_MS, AbortSignal.any([over, arrived.signal]))
          .then(() => stream.writeSSE({ event: "alive", data: "" }))
          .catch(() => undefined);
      for (const event of waiting.splice(0))
        await stream.writeSSE({ event: "change", data: JSON.stringify(event) });
    }
  } finally {
    unsubscribe();
  }
}
