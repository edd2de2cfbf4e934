import type { EventHub } from "../app/event-hub.ts";
import type { Engine } from "../engine/engine.ts";

type Hearing = Pick<Engine, "hear" | "hearBack" | "hearDue">;

/**
 * Has the engine hear of what anybody did to a campaign, in this process or another; until the returned function is called.
 * @param isShared Others work on the same campaigns: whom they plan again may be this process's to write to
 */
export function hearChanges(events: Pick<EventHub, "watch">, engine: Hearing, isShared = false) {
  return events.watch((event) => {
    const { kind, campaignId } = event;
    if (kind === "status" || kind === "changed") void engine.hear(campaignId);
    if (!isShared) return;
    if (kind === "account" && event.trouble === "back") void engine.hearBack(campaignId);
    if (kind === "settled" && event.state === "planned") void engine.hearDue(campaignId, event.due ?? 0);
  });
}
