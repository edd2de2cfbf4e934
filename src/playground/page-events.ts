/** The stream that keeps the chat page up to date: everything on connecting, then each change as it happens. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { type PageEvent, pageEvent, pageView } from "./page-view.ts";
import type { ServerParts } from "./server.ts";

/** A quiet stream says this often that it is still there, in ms; proxies and sleeping laptops drop silent ones. */
const HEARTBEAT_MS = 15_000;

/** Serves one page until it goes away or the playground closes. */
export function streamPageEvents(c: Context, { context, samples, closing }: ServerParts): Response {
  return streamSSE(c, async (stream) => {
    const waiting: PageEvent[] = [];
    let arrived = new AbortController();
    const unsubscribe = context.store.subscribe((event) => {
      const shown = pageEvent(context, event);
      if (!shown) return;
      waiting.push(shown);
      arrived.abort();
    });
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const over = AbortSignal.any([gone.signal, closing]);
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
    unsubscribe();
  });
}
