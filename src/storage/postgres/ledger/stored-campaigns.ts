/** Campaigns as a statement found them, parsed once for each version. */
import { z } from "zod";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { whyHeldByFirst } from "../../../domain/follow-up-hold.ts";
import type { Closed } from "../../../domain/may-send.ts";
import { whyClosed } from "../../../domain/may-send.ts";
import type { Windows } from "../../../domain/when/windows.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";

export const foundCampaigns = z.array(z.object({ document: z.unknown(), version: z.number() }));

export type FoundCampaigns = z.infer<typeof foundCampaigns>;

/** The campaign that was asked for, and those that it follows up. */
export type FindStored = (id?: CampaignId) => Campaign | undefined;

interface Parsed {
  readonly version: number;
  readonly campaign: Campaign;
}

export class StoredCampaigns {
  /** By how far each is from the campaign itself. */
  #parsed: readonly Parsed[] = [];

  /** Makes the question what is stored, by what was found. */
  take(found: FoundCampaigns): FindStored {
    this.#parsed = found.map(({ document, version }, nth) => {
      const before = this.#parsed[nth];
      // A campaign's place in the row of those it follows up never changes.
      return before?.version === version ? before : { version, campaign: campaignSchema.parse(document) };
    });
    const campaigns = this.#parsed.map(({ campaign }) => campaign);
    return (id) => (id === undefined ? campaigns[0] : campaigns.find((one) => one.id === id));
  }
}

/** What keeps a campaign from sending, as it and those that it follows up are stored; undefined: nothing. */
export function closedBy(stored: FindStored, at: number, windows: Windows): Closed | undefined {
  const campaign = stored();
  return whyClosed(campaign, at, windows) ?? whyHeldByFirst(campaign, at, stored);
}
