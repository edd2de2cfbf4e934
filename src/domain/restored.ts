/**
 * A campaign that was put back from a backup: whom it wrote to since the backup was made nobody knows. So it holds before
 * every claim, whatever else lets it go on, until a person says of this very campaign that it may.
 */
import type { Campaign } from "./campaign.ts";
import type { StatusChange } from "./campaign-status.ts";
import type { PutBackFolder, Restored } from "./restored-mark.ts";

/** What a backup's campaign becomes when it is put back; one that was cancelled stays so for good. */
export function putBack(campaign: Campaign, { madeAt, at }: Pick<Restored, "madeAt" | "at">): Campaign {
  const { status } = campaign;
  if (status === "cancelled") return campaign;
  const restored = { madeAt, at, ...(awaitsStart(campaign) ? { wasScheduled: true as const } : {}) };
  if (status === "finished") return { ...campaign, restored };
  return {
    ...campaign,
    restored,
    // Whoever subscribed before that may have been welcomed since.
    ...(campaign.standing ? { standing: { ...campaign.standing, since: at, turnedAt: at } } : {}),
    status: "paused",
    pause: { kind: "restored", madeAt },
    pausedAt: at,
  };
}

/** A campaign that is begun where data was put back, on the strength of it: it waits for a word as those that were there do. */
export function waitingForWord(campaign: Campaign, { madeAt, at }: PutBackFolder, now: number): Campaign {
  const { standing } = campaign;
  // Whom a new welcome is for came after all that.
  return { ...putBack(campaign, { madeAt, at }), pausedAt: now, ...(standing ? { standing } : {}) };
}

function awaitsStart({ status, pause, restored }: Campaign): boolean {
  if (restored?.wasScheduled) return pause?.kind === "restored";
  return status === "scheduled" || (status === "paused" && pause?.kind === "missedStart");
}

/** A person's word that it may go on: by its schedule where its start is still to come. @param now ms since the epoch */
export function confirmed(now: number): StatusChange {
  return (from) => {
    const { restored, ...campaign } = from;
    if (!restored) return undefined;
    const { pause: _, ...rest } = campaign;
    if (campaign.status !== "paused") return campaign;
    const isToCome = restored.wasScheduled === true && (campaign.schedule?.at ?? 0) > now;
    return { ...rest, status: isToCome ? "scheduled" : "running" };
  };
}
