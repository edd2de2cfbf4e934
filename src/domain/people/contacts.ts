/** What is known of people whom campaigns wrote to. */
import type { CampaignId } from "../campaign.ts";

/** Who was written to lately through one channel; goes on being true while campaigns run. */
export interface RecentContacts {
  /**
   * Moment of the last message somebody got, may have got or is just getting from a campaign other than `except`, in ms
   * since the epoch; undefined when there was none in the time that was asked for.
   */
  latest(username: string, except: CampaignId): number | undefined;
  /** The campaign that it was from. */
  latestFrom(username: string, except: CampaignId): CampaignId | undefined;
}

/** Through which accounts of a channel people were written to; goes on being true while campaigns run. */
export interface ContactedThrough {
  /** Every account through which somebody got, may have got or is just getting a message. */
  accountsOf(username: string): Iterable<string>;
}
