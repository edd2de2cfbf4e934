/**
 * The ports of looking: how campaigns and lists of leads stand by what is kept. Whoever looks owns nothing: nothing is
 * opened for writing, nobody is claimed, made uncertain or debited, no lease is taken, and a Peyk at work goes on undisturbed.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { Claim } from "../../domain/journal.ts";
import type { Deliveries } from "../../domain/report/attempts.ts";
import type { LeadLedger, LeadStore } from "./leads.ts";
import type { LedgerStanding, ResultRow } from "./ledger.ts";

/**
 * How one campaign stands. A claim whose lease lasts counts as claimed; one that nobody will settle any more as what it
 * will become.
 */
export interface CampaignStanding extends LedgerStanding {
  /** As it was when its recipients were counted. */
  readonly campaign: Campaign;
}

/** Every recipient in list order with what became of it, all of one moment. */
export interface Results {
  /** How many rows there are. */
  readonly count: number;
  readonly rows: AsyncIterable<ResultRow>;
}

/** Campaigns as they stand. All of it answers undefined, or nobody, for an unknown id. */
export interface CampaignReads {
  /** @throws {UnreadableRecordError} the same one again until its files change */
  standing(id: CampaignId): Promise<CampaignStanding | undefined>;
  /** Uncertain recipients, oldest claim first. */
  uncertain(id: CampaignId): Promise<readonly Claim[]>;
  results(id: CampaignId): Promise<Results | undefined>;
  /** How its messages went out, over time and by account; attempts under way are not among them yet. */
  deliveries(id: CampaignId): Promise<Deliveries | undefined>;
}

/** A list of leads as it stands. */
export type LeadListRead = Pick<
  LeadLedger,
  "list" | "state" | "details" | "spareFor" | "delivered" | "entries"
>;

/** Lists of leads as they stand. */
export interface LeadReads extends Pick<LeadStore, "summaries" | "finished"> {
  find(list: string): Promise<LeadListRead | undefined>;
}
