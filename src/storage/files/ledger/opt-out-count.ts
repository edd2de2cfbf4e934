/**
 * How many of those whom a campaign wrote to have opted out since somebody looked. Counted from the do-not-send list and the
 * subscribers, which outlive every process; looked at again now and then while the campaign claims, because the claim
 * itself may not wait for it. Who of them has the message is asked only where all of them together would be too many.
 */
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { FEWEST, MOST_NEWEST, beyond } from "../../../domain/settings/guard-rails.ts";

/** Somebody who wants no more messages, since then (ms since the epoch). */
export interface OptedOut {
  readonly username: string;
  readonly at: number;
}

export interface OptOutParts {
  /** Everybody who opted out of a channel after a moment, in the order in which they are kept. */
  readonly optedOut: (channel: string, since: number) => AsyncIterable<OptedOut>;
  readonly writtenBy: (id: CampaignId) => Promise<(username: string) => boolean>;
}

/** A count of this age is still good. */
const GOOD_FOR_MS = 10_000;

export class OptOutCount {
  readonly #parts: OptOutParts;
  #lookedAt = -Infinity;
  #since = NaN;
  #names: readonly OptedOut[] = [];

  constructor(parts: OptOutParts) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#names.length;
  }

  /** The newest of them, oldest first. */
  get newest(): readonly string[] {
    const byMoment = this.#names.toSorted((a, b) => a.at - b.at);
    return byMoment.slice(-MOST_NEWEST).map(({ username }) => username);
  }

  /** Tells whether it is to be looked at before the next claim. @param sent Delivered since somebody looked */
  isDue(campaign: Campaign, sent: number, now: number): boolean {
    if (campaign.guardRails?.optedOut === undefined || sent < FEWEST) return false;
    return sinceOf(campaign) !== this.#since || now - this.#lookedAt >= GOOD_FOR_MS || now < this.#lookedAt;
  }

  async look(campaign: Campaign, sent: number, now: number): Promise<void> {
    [this.#lookedAt, this.#since] = [now, sinceOf(campaign)];
    const all: OptedOut[] = [];
    for await (const one of this.#parts.optedOut(campaign.channel, this.#since)) all.push(one);
    const share = campaign.guardRails?.optedOut ?? Infinity;
    if (!beyond(all.length, sent, share)) this.#names = [];
    else {
      const isWrittenTo = await this.#parts.writtenBy(campaign.id);
      this.#names = all.filter(({ username }) => isWrittenTo(username));
    }
  }
}

function sinceOf({ guardRails, createdAt }: Campaign): number {
  return guardRails?.looked?.at ?? createdAt;
}
