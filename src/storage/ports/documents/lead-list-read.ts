import type { ListName } from "../../../domain/collecting/collection.ts";
import { deliveredLeads } from "../../../domain/collecting/delivered-leads.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import type { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import type { LeadListRead } from "../reads.ts";

/** A list as it was when its fold was made. @param entries Those that the fold was made of, from the first */
export function leadListRead(
  list: ListName,
  fold: LeadFold,
  entries: () => AsyncIterable<LeadEntry>,
): LeadListRead {
  return {
    list,
    state: async () => fold,
    details: async () => fold.details,
    spareFor: async (targets, perTarget) => fold.spareFor(targets, perTarget),
    entries,
    delivered: () => deliveredLeads(entries()),
  };
}
