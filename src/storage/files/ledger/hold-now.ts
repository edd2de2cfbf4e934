/** What holds a campaign by what its ledger knows at this moment. */
import { lacksApproval } from "../../../domain/approval.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Hold } from "../../../domain/settings/holds.ts";
import { holdOn, mayBeHeld } from "../../../domain/settings/holds.ts";
import type { SendPrices } from "../../../domain/settings/spending.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";

type Parts = Pick<FileLedgerParts, "fold" | "recipients" | "optOuts">;

/** Makes the count of those who opted out good for {@link holdNow}; undefined: it is. @param now ms since the epoch */
export function countOptOuts(
  { fold, optOuts }: Parts,
  campaign: Campaign,
  now: number,
): Promise<void> | undefined {
  fold.tally.fared.lookFrom(campaign.guardRails?.looked?.claims ?? 0);
  const { sent } = fold.tally.fared;
  return optOuts?.isDue(campaign, sent, now) ? optOuts.look(campaign, sent, now) : undefined;
}

/** Asked in the step that claims, after {@link countOptOuts}. @param campaign As it is stored */
export function holdNow(
  { fold, optOuts }: Parts,
  campaign: Campaign,
  prices: SendPrices | undefined,
): Hold | undefined {
  if (lacksApproval(campaign)) return { kind: "approval" };
  if (!mayBeHeld(campaign)) return undefined;
  const { tally } = fold;
  const { sent, refused, failed } = tally.fared.image;
  const fared = { sent, refused, failed, optedOut: optOuts?.count ?? 0 };
  return holdOn(campaign, { counts: fold.counts(), fared, charged: tally.charged, prices });
}

/** Names those who broke a rail last. */
export async function withNames(parts: Parts, hold: Hold): Promise<Hold> {
  if (hold.kind !== "guardRail") return hold;
  if (hold.rule === "optedOut") return { ...hold, names: parts.optOuts?.newest ?? [] };
  const { lastRefused, lastFailed } = parts.fold.tally.fared.image;
  const newest = hold.rule === "declined" ? lastRefused : lastFailed;
  const names: string[] = [];
  for (const ordinal of newest) names.push((await parts.recipients.read(ordinal)).username);
  return { ...hold, names };
}
