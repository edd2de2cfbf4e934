/** What a claiming transaction finds when it begins, and what it decides by. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import type { ClaimRequest } from "../../ports/ledger.ts";
import type { Transaction } from "../database.ts";
import type { FoundRow } from "./facts.ts";
import { fillings } from "./fillings.ts";
import type { Holds } from "./holds.ts";
import { faredSchema } from "./holds.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { foundCampaigns } from "./stored-campaigns.ts";
import { tallySchema } from "./tally.ts";

/** What fills the limits of an account and of a campaign as a whole. */
export const usesSchema = z.object({ now: z.number(), caps: fillings, rates: fillings, pace: fillings });

export const begunSchema = z.object({
  ...usesSchema.shape,
  isOwner: z.boolean(),
  /** Of the claims that may come of it. */
  ids: z.array(z.number()),
  campaigns: foundCampaigns,
  tally: tallySchema,
  fared: faredSchema,
});

export type Begun = z.infer<typeof begunSchema>;

export interface TakingParts {
  readonly connection: Transaction;
  readonly parts: LedgerParts;
  readonly holds: Holds;
  readonly stored: Campaign;
  readonly begun: Begun;
  /** Those who are due first, locked, as many as may be claimed at most. */
  readonly due: readonly FoundRow[];
  /** Of one account, with the same limits. */
  readonly requests: readonly ClaimRequest[];
}
