import type { Campaign } from "../../domain/campaign.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";

/** Messages a day that the campaigns under way give an account at most; undefined: no limit, or no campaign. */
export function dailyLimitOf(
  campaigns: readonly Campaign[],
  channel: string,
  account: string,
): number | undefined {
  const limits = campaigns
    .filter((campaign) => campaign.channel === channel && isUnderWay(campaign))
    .flatMap(({ accounts }) => accounts.filter(({ name }) => name === account))
    .map(({ caps }) => caps.perDay ?? Infinity);
  const limit = Math.max(0, ...limits);
  return limits.length > 0 && Number.isFinite(limit) ? limit : undefined;
}
