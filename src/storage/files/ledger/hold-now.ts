/** What holds a campaign by what its ledger knows at this moment. */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Hold } from "../../../domain/settings/holds.ts";
import { holdOn } from "../../../domain/settings/holds.ts";
import type { SendPrices } from "../../../domain/settings/spending.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";

type Parts = Pick<FileLedgerParts, "fold" | "recipients">;

/** Asked in the step that claims. @param campaign As it is stored */
export function holdNow(
  { fold }: Parts,
  campaign: Campaign,
  prices: SendPrices | undefined,
): Hold | undefined {
  const { tally } = fold;
  tally.fared.lookFrom(campaign.guardRails?.looked?.claims ?? 0);
  const { sent, refused, failed } = tally.fared.image;
  const fared = { sent, refused, failed, optedOut: 0 };
  return holdOn(campaign, { counts: fold.counts(), fared, charged: tally.charged, prices });
}

/** Names those who broke a rail last. */
export async function withNames(parts: Parts, hold: Hold): Promise<Hold> {
  if (hold.kind !== "guardRail") return hold;
  const { lastRefused, lastFailed } = parts.fold.tally.fared.image;
  const newest = hold.rule === "declined" ? lastRefused : hold.rule === "failed" ? lastFailed : [];
  const names: string[] = [];
  for (const ordinal of newest) names.push((await parts.recipients.read(ordinal)).username);
  return { ...hold, names };
}
