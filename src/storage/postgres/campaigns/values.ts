/** The values of a campaign's people: those of its lists, and those that lists given again brought. */
import { z } from "zod";
import type { Campaign, CampaignList } from "../../../domain/campaign.ts";
import { variablesOf } from "../../../domain/known-values.ts";
import type { Ordinal, Variables } from "../../../domain/recipient.ts";
import { valuesSchema } from "../lists/list-store.ts";

const correctionsSchema = z
  .record(z.string(), z.array(z.string()))
  .nullable()
  .transform((corrections) => corrections ?? {});

/** What a row says of somebody's values. */
export interface ValuesRow {
  readonly ordinal: Ordinal;
  readonly values: unknown;
  readonly corrections: unknown;
}

/** @param revision Of the campaign: the values are those that counted then; infinity: those that count now */
export function variablesIn(
  { lists }: Pick<Campaign, "lists">,
  { ordinal, values, corrections }: ValuesRow,
  revision = Infinity,
): Variables {
  const list = listOf(lists, ordinal);
  if (!list) return {};
  const given = correctionsSchema.parse(corrections);
  const last = list.corrections?.findLast((one) => one.revision <= revision);
  const corrected = last && given[last.file];
  return corrected
    ? variablesOf(last.columns, corrected)
    : variablesOf(list.columns, valuesSchema.parse(values));
}

/** The one that brought somebody; undefined: none of these. */
export function listOf(lists: readonly CampaignList[], ordinal: Ordinal): CampaignList | undefined {
  let first = 0;
  return lists.find(({ count }) => ordinal < (first += count));
}
