import type { ListName, RequestState, TargetState } from "../../domain/collecting/collection.ts";
import type { LeadPrices } from "../../domain/collecting/collection-figures.ts";
import { collectionFigures } from "../../domain/collecting/collection-figures.ts";
import type { ExactCountTracking } from "../../domain/collecting/exact-count-tracking.ts";
import { trackingOf } from "../../domain/collecting/exact-count-tracking.ts";
import type { LeadReads } from "../../storage/ports/reads.ts";
import { isOtherKind, wantedBy } from "./collect.ts";
import type { CollectionEstimate, CollectRefusal, CollectRequest, LeadListView } from "./leads.ts";
import type { SourceManifest } from "../../sources/source.ts";
import type { LeadsParts } from "./leads-parts.ts";

/** What looking at a list takes; only whoever collects knows what is waited for. */
export interface LeadsLooked extends Pick<LeadsParts, "sources"> {
  readonly leadStore: Pick<LeadReads, "find">;
  readonly collector: Pick<LeadsParts["collector"], "haltOf" | "waitOf">;
}

/**
 * How a list stands; undefined when there is none of that name.
 * @param number Of the request that is meant; absent: the latest
 */
export async function leadListView(
  parts: LeadsLooked,
  list: ListName,
  number?: number,
): Promise<LeadListView | undefined> {
  const ledger = await parts.leadStore.find(list);
  if (!ledger) return undefined;
  const { targets, size, delivered, request: latest, requests } = await ledger.state();
  const recorded = number === undefined ? latest : requests[number - 1];
  const halt = parts.collector.haltOf(list);
  const isHalted = halt !== undefined && recorded?.status.kind === "running";
  const request: RequestState | undefined = recorded && {
    ...recorded,
    ...(isHalted ? { status: { kind: "paused", pause: halt } } : {}),
  };
  const wait = parts.collector.waitOf(list);
  return {
    list,
    targets,
    size,
    delivered,
    request,
    ...(request ? { figures: figuresOf(parts, targets, request) } : {}),
    ...(wait && request?.status.kind === "running" ? { wait } : {}),
  };
}

function figuresOf({ sources }: LeadsLooked, targets: readonly TargetState[], request: RequestState) {
  const manifests = request.targets.flatMap(
    (number) => sources.get(targets[number]?.target.source ?? "")?.manifest ?? [],
  );
  return collectionFigures(request, {
    pricesOf: (source): LeadPrices | undefined => sources.get(source)?.manifest.prices,
    pageSize: Math.max(1, ...manifests.map(({ pageSize }) => pageSize)),
  });
}

/** What a request comes to when every page is full of new people, or why it can't begin. */
export async function estimateOf(
  parts: Pick<LeadsLooked, "leadStore" | "sources">,
  request: CollectRequest,
): Promise<CollectionEstimate | CollectRefusal> {
  const wanted = wantedBy(parts, request);
  if ("ok" in wanted) return wanted;
  const { list, targets, terms } = wanted;
  const { count, perTarget } = terms;
  const ledger = await parts.leadStore.find(list);
  if (ledger && (await isOtherKind(ledger, targets))) return { ok: false, problem: "otherKind", list };
  const spare = (await ledger?.spareFor(targets, perTarget)) ?? 0;
  const fromBefore = Math.min(count, spare);
  const manifests = targets.flatMap(({ source }) => parts.sources.get(source)?.manifest ?? []);
  const missing = count - fromBefore;
  const pageSize = Math.max(1, ...manifests.map((manifest) => manifest.pageSize));
  const shares = perTarget !== undefined ? targets.length : 1;
  const fewestCalls = missing === 0 ? 0 : Math.max(1, shares * Math.ceil(missing / shares / pageSize));
  const prices = manifests.map((manifest) => manifest.prices ?? FREE);
  const costAt = (priceOf: (price: Prices) => number): number =>
    Math.min(...prices.map((price) => fewestCalls * price.perPage + missing * priceOf(price)));
  const asOf = prices.find((price) => price !== FREE)?.asOf;
  if (asOf === undefined) return { list, fromBefore, fewestCalls };
  const leastCost = costAt(({ perLead, perLeadAtLeast = perLead }) => perLeadAtLeast);
  const cautiousCost = costAt(({ perLead }) => perLead);
  const range = cautiousCost === leastCost ? {} : { cautiousCost };
  return { list, fromBefore, fewestCalls, leastCost, ...range, pricesAsOf: asOf };
}

type Prices = NonNullable<SourceManifest["prices"]>;

const FREE: Prices = { perPage: 0, perLead: 0, asOf: "" };

/** The metadata of a request, with every call it made. */
export async function metadataOf(
  { leadStore }: Pick<LeadsLooked, "leadStore">,
  list: ListName,
  number?: number,
): Promise<ExactCountTracking | undefined> {
  const ledger = await leadStore.find(list);
  const { request: latest, requests } = (await ledger?.state()) ?? {};
  const request = number === undefined ? latest : requests?.[number - 1];
  if (!ledger || !request) return undefined;
  return trackingOf(request, await ledger.state(), ledger.entries());
}
