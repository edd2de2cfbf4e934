/** What amending is made of. */
import type { Channel } from "../../channels/channel.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Recipient } from "../../domain/recipient.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { SuppressionStore } from "../../storage/ports/people.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";

export interface AmenderParts {
  readonly amendments: AmendmentStore;
  readonly reads: Pick<CampaignReads, "results">;
  readonly campaigns: Pick<CampaignStore, "get">;
  /** Nobody on the do-not-send list is given another text. */
  readonly suppression: Pick<SuppressionStore, "reasonFor">;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Writes a text for one recipient. */
  readonly renderer: (
    text: Pick<Campaign, "message"> & { readonly extras?: { readonly format?: "html" } },
  ) => (recipient: Recipient) => string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: CampaignEvent) => void;
  readonly log: { error(problem: string | Error): void };
}
