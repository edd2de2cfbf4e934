/**
 * Whether a campaign may send at a moment, whatever it follows up: the one place where that is asked. Every claim asks it of the campaign as it is
 * stored at that moment, so a pause binds the next claim of every process, and nothing has to be heard of in time. Whom a
 * campaign may write to is asked after it, of each person.
 */
import type { Campaign, CampaignId, PauseReason } from "./campaign.ts";
import type { SendWindow } from "./when/send-window.ts";
import type { Windows } from "./when/windows.ts";

/** Why nothing may be claimed, whoever is due. */
export interface Closed {
  /**
   * `notRunning`: it is scheduled, paused, finished or cancelled, or there is no such campaign. `window`: it runs, and is
   * outside its send window. `first`: one that it follows up may not be followed up now, see follow-up-hold.ts.
   */
  readonly why: "notRunning" | "window" | "first";
  /** For `first`: which. */
  readonly by?: CampaignId;
  /** When it may send again by itself, or is to be asked again, ms since the epoch; absent: not before somebody changes it. */
  readonly opensAt?: number;
}

/** Pauses that end by themselves with the next claim that succeeds. */
const passing: ReadonlySet<PauseReason["kind"]> = new Set([
  "noAccount",
  "unavailable",
  "unheard",
  "window",
  "firstPaused",
]);

const notRunning: Closed = { why: "notRunning" };

/**
 * Tells what keeps a campaign from sending at a moment; undefined: nothing.
 * @param campaign As it is stored
 * @param at ms since the epoch, by the clock of whoever keeps the campaign
 */
export function whyClosed(
  campaign: Pick<Campaign, "status" | "pause" | "sendWindow"> | undefined,
  at: number,
  windows: Windows,
): Closed | undefined {
  if (!campaign || !goesOn(campaign)) return notRunning;
  const opensAt = campaign.sendWindow && opening(campaign.sendWindow, at, windows);
  return opensAt === undefined ? undefined : { why: "window", opensAt };
}

/** When a window that is closed opens; undefined: it is open. */
function opening(window: SendWindow, at: number, windows: Windows): number | undefined {
  const { isOpen, until } = windows(window, at);
  return isOpen ? undefined : until;
}

/** Tells whether a campaign runs, or waits and goes on by itself when somebody may send. */
export function goesOn(campaign: Pick<Campaign, "status" | "pause">): boolean {
  return campaign.status === "running" || isWaiting(campaign);
}

/** Tells whether nobody may send for a campaign at the moment and it goes on by itself when somebody may. */
export function isWaiting({ status, pause }: Pick<Campaign, "status" | "pause">): boolean {
  return status === "paused" && pause !== undefined && passing.has(pause.kind);
}
