import type { EventHub } from "../app/event-hub.ts";
import type { Engine } from "../engine/engine.ts";
import type { OpenCollecting } from "./open-collecting.ts";
import type { Sharing } from "./stores/stores.ts";

type Collecting = Pick<OpenCollecting, "leadEvents" | "collector">;
type Hearing = Pick<Engine, "hear" | "hearBack" | "hearDue">;

/**
 * Has the engine hear of what anybody did to a campaign, in this process or another; until the returned function is called.
 * @param sharing Where others work on the same campaigns: whom they plan again may be this process's to write to
 */
export function hearChanges(
  events: Pick<EventHub, "watch">,
  engine: Hearing,
  sharing?: Pick<Sharing, "watchCampaigns">,
): () => Promise<void> {
  const unwatch = sharing?.watchCampaigns((id) => void engine.hear(id));
  const unhear = events.watch((event) => {
    const { kind, campaignId } = event;
    if (!sharing && (kind === "status" || kind === "changed")) void engine.hear(campaignId);
    if (!sharing) return;
    if (kind === "account" && event.trouble === "back") void engine.hearBack(campaignId);
    if (kind === "settled" && event.state === "planned") void engine.hearDue(campaignId, event.due ?? 0);
  });
  return async () => {
    unwatch?.();
    await unhear();
  };
}

/** Has whoever collects hear of what anybody asked for, in this process or another; until the returned function is called. */
export function hearRequests({ leadEvents, collector }: Collecting): () => Promise<void> {
  return leadEvents.watch(({ kind, list }) => {
    if (kind === "began" || kind === "status") void collector.hear(list);
  });
}
