import type { CampaignEvent } from "../../domain/campaign-event.ts";

/** A shorter rest is part of keeping the pace, in ms. */
export const SHORTEST_TOLD_MS = 5 * 60_000;

/**
 * Which accounts a chat was told are away. A rest is told from five minutes on, and that an account is back only where it
 * was told that it left; after a restart the live message alone shows who is back.
 */
export class Absences {
  readonly #told = new Set<string>();

  isWorthTelling(chatId: number, event: CampaignEvent): boolean {
    if (event.kind !== "account") return true;
    const name = JSON.stringify([chatId, event.campaignId, event.account]);
    if (event.trouble === "back") return this.#told.delete(name);
    const isLong = event.until === undefined || event.until - event.at >= SHORTEST_TOLD_MS;
    if (isLong) this.#told.add(name);
    return isLong;
  }
}
