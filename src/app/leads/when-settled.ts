import type { ListName } from "../../domain/collecting/collection.ts";
import type { Leads } from "./leads.ts";
import type { CollectParts } from "./leads-parts.ts";
import { leadListView } from "./leads-view.ts";

/** Looks again this often, in ms, should an event be missed. */
const EVERY_MS = 1000;

/** Resolves when the list's request is over, paused, or waits for longer than that; or with the signal. */
export async function whenSettled(
  parts: CollectParts,
  list: ListName,
  { longestWaitMs, signal }: Parameters<Leads["settled"]>[1],
): Promise<void> {
  const { clock, leadEvents, collector } = parts;
  let nap = new AbortController();
  const wake = (): void => nap.abort(new Error("something changed"));
  const unwatch = leadEvents.watch((event) => event.list === list && event.kind !== "page" && wake());
  signal.addEventListener("abort", wake);
  try {
    while (!signal.aborted) {
      nap = new AbortController();
      const view = await leadListView(parts, list);
      const isBusy = view?.request?.status.kind === "running";
      if (!isBusy) return await collector.idle(list);
      if (view.wait && view.wait.until - clock.now() > longestWaitMs) return;
      await clock.sleep(EVERY_MS, nap.signal).catch(() => undefined);
    }
  } finally {
    void unwatch();
    signal.removeEventListener("abort", wake);
  }
}
