/** What amending is made of. */
import type { Channel } from "../../channels/channel.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Recipient } from "../../domain/recipient.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";

export interface AmenderParts {
  readonly amendments: AmendmentStore;
  readonly reads: Pick<CampaignReads, "results">;
  readonly campaign: (id: CampaignId) => Campaign | undefined;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Writes a text for one recipient. */
  readonly renderer: (
    text: Pick<Campaign, "message"> & { readonly extras?: { readonly format?: "html" } },
  ) => (recipient: Recipient) => string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: CampaignEvent) => void;
  readonly log: { error(message: string): void };
}
