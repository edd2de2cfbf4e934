/** What a claiming transaction finds when it begins, and what it decides by. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import type { ClaimRequest } from "../../ports/ledger.ts";
import type { Queryable } from "../database.ts";
import { fillings } from "./fillings.ts";
import type { Holds } from "./holds.ts";
import { faredSchema } from "./holds.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { foundCampaigns } from "./stored-campaigns.ts";
import { tallySchema } from "./tally.ts";

export const begunSchema = z.object({
  now: z.number(),
  isOwner: z.boolean(),
  campaigns: foundCampaigns,
  caps: fillings,
  rates: fillings,
  pace: fillings,
  tally: tallySchema,
  fared: faredSchema,
});

export type Begun = z.infer<typeof begunSchema>;

export interface TakingParts {
  readonly connection: Queryable;
  readonly parts: LedgerParts;
  readonly holds: Holds;
  readonly stored: Campaign;
  readonly begun: Begun;
  /** Of one account, with the same limits. */
  readonly requests: readonly ClaimRequest[];
}
