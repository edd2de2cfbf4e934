import type { EventHub } from "../app/event-hub.ts";
import type { Engine } from "../engine/engine.ts";

/**
 * Has the engine hear of what anybody did to a campaign, in this process or another; until the returned function is called.
 */
export function hearChanges(events: Pick<EventHub, "watch">, engine: Pick<Engine, "hear">) {
  return events.watch(({ kind, campaignId }) => {
    if (kind === "status" || kind === "changed") void engine.hear(campaignId);
  });
}
