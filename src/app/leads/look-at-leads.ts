/** What can be seen and reckoned of lists of leads by whoever owns nothing, also beside a process that collects into them. */
import { collectionKpis } from "../../domain/collecting/collection-kpis.ts";
import { listNameOf } from "../../domain/collecting/list-name.ts";
import type { LeadReads } from "../../storage/ports/reads.ts";
import { parsedTargets } from "./collect.ts";
import { exportLeads } from "./export-leads.ts";
import type { Leads } from "./leads.ts";
import type { LeadsParts } from "./leads-parts.ts";
import type { LeadsLooked } from "./leads-view.ts";
import { estimateOf, leadListView, metadataOf } from "./leads-view.ts";

/** The part of {@link Leads} that only looks. */
export type LeadsLook = Pick<
  Leads,
  | "sources"
  | "defaultCycle"
  | "postsPerTarget"
  | "lists"
  | "listNameFor"
  | "estimate"
  | "view"
  | "metadata"
  | "exportLeads"
  | "kpis"
>;

export interface LeadsLookParts extends LeadsLooked, Pick<LeadsParts, "defaultCycle" | "postsPerTarget"> {
  readonly leadStore: LeadReads;
}

export function createLeadsLook(parts: LeadsLookParts): LeadsLook {
  const { leadStore, sources } = parts;
  return {
    sources: () => [...sources.values()].map(({ manifest }) => manifest),
    defaultCycle: () => parts.defaultCycle,
    postsPerTarget: () => parts.postsPerTarget,
    lists: () => leadStore.summaries(),
    listNameFor(targets) {
      const parsed = parsedTargets(parts, targets);
      return "ok" in parsed ? undefined : listNameOf(parsed);
    },
    estimate: (request) => estimateOf(parts, request),
    view: (list, request) => leadListView(parts, list, request),
    metadata: (list, request) => metadataOf(parts, list, request),
    exportLeads: (list, words, format) => exportLeads(parts, { list, words }, format),
    kpis: async () => collectionKpis(await leadStore.finished()),
  };
}
