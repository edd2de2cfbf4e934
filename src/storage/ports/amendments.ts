/** The port to what was taken back and mended: a record of its own for each campaign, beside its journal. */
import type { AmendmentEntry } from "../../domain/amending/amendment.ts";
import type { AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import type { CampaignId } from "../../domain/campaign.ts";

/** The record of one campaign's amendments, open to be written by its owner. */
export interface AmendmentLog extends AsyncDisposable {
  /** What is recorded so far. */
  readonly fold: AmendmentFold;
  /** Resolves when the entry is durable; only then the fold has it. */
  record(entry: AmendmentEntry): Promise<void>;
}

export interface AmendmentStore {
  /** What the amendments of a campaign came to so far. Looking opens nothing for writing. */
  read(id: CampaignId): Promise<AmendmentFold>;
  /** Opens the record of a campaign that exists, as its owner; whoever opens it a second time gets the same. */
  open(id: CampaignId): Promise<AmendmentLog>;
  /** Campaigns that have an amendment which runs or is paused. */
  unfinished(ids: readonly CampaignId[]): Promise<readonly CampaignId[]>;
}
