import type { Campaign } from "../../domain/campaign.ts";
import type { SendWindow } from "../../domain/when/send-window.ts";
import type { Draft } from "../drafts/draft.ts";
import type { WhenReading } from "./when-reading.ts";

/**
 * The send window that a draft gives its campaign: its own, that of the campaign which is there, else the usual one;
 * undefined: it sends at any time.
 */
export function windowFor(
  { sendWindow, atAnyTime }: Pick<Draft, "sendWindow" | "atAnyTime">,
  { usualWindow }: Pick<WhenReading, "usualWindow">,
  existing?: Pick<Campaign, "sendWindow">,
): SendWindow | undefined {
  if (atAnyTime) return undefined;
  return sendWindow ?? (existing ? existing.sendWindow : usualWindow);
}
