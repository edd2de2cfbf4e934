import type { CampaignId } from "../../domain/campaign.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** Why an account rests whose past nobody can read. */
export const UNKNOWN_USE: Reason = "useUnknown";

/** Accounts of which it is unknown what a campaign sent through them, and until when that would count. */
export class UnknownUse {
  readonly #byCampaign = new Map<
    CampaignId,
    { readonly accounts: readonly string[]; readonly until: number }
  >();

  put(campaignId: CampaignId, accounts: readonly string[], until: number): void {
    this.#byCampaign.set(campaignId, { accounts, until });
  }

  /** Answers the accounts that waited for it. */
  drop(campaignId: CampaignId): readonly string[] {
    const accounts = this.#byCampaign.get(campaignId)?.accounts ?? [];
    this.#byCampaign.delete(campaignId);
    return accounts;
  }

  /** The latest such moment of an account, ms since the epoch; undefined when all is known. */
  until(account: string): number | undefined {
    if (this.#byCampaign.size === 0) return undefined;
    const moments = [...this.#byCampaign.values()].filter(({ accounts }) => accounts.includes(account));
    return moments.length === 0 ? undefined : Math.max(...moments.map(({ until }) => until));
  }
}
