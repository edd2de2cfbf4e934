import type { RequestState } from "../../domain/collecting/collection.ts";
import { isListName } from "../../domain/collecting/collection.ts";
import type { Target } from "../../domain/collecting/lead.ts";
import { listNameOf } from "../../domain/collecting/list-name.ts";
import type { LeadLedger } from "../../storage/lead-stores.ts";
import type { CollectRequest, CollectResult } from "./leads-desk.ts";
import type { LeadsParts } from "./leads-parts.ts";

type Refusal = Extract<CollectResult, { ok: false }>;

/**
 * Begins a request. The same request again goes on where it stopped, also after a crash; one that ended and was not told
 * yet is told instead of collecting its number once more.
 */
export async function collect(parts: LeadsParts, request: CollectRequest): Promise<CollectResult> {
  const targets = parsedTargets(parts, request.targets);
  if ("ok" in targets) return targets;
  if (!Number.isSafeInteger(request.count) || request.count < 1) return { ok: false, problem: "badCount" };
  const list = (request.list ?? listNameOf(targets)).toLowerCase();
  if (!isListName(list)) return { ok: false, problem: "badListName" };
  const ledger = await parts.leadStore.open(list);
  const current = ledger.state().request;
  const isSame =
    current !== undefined && isSameRequest(ledger, current, targets) && isWithinTerms(current, request);
  if (current && current.status.kind !== "ended") {
    if (!isSame) return { ok: false, problem: "busy", list, count: current.count };
    await parts.collector.resume(ledger);
    return { ok: true, list, begun: "goesOn", fromBefore: 0 };
  }
  if (current && isSame && isUntold(current)) return { ok: true, list, begun: "toldAgain", fromBefore: 0 };
  const { count, maxCalls, cycle } = request;
  const fromBefore = await parts.collector.begin(ledger, {
    targets,
    count,
    ...(maxCalls === undefined ? {} : { maxCalls }),
    ...(cycle === undefined ? {} : { cycle }),
  });
  return { ok: true, list, begun: "new", fromBefore };
}

/** Reads targets as their sources do; each once, or what is wrong with the first that is none. */
export function parsedTargets(
  { sources }: Pick<LeadsParts, "sources">,
  given: CollectRequest["targets"],
): readonly Target[] | Refusal {
  const targets = new Map<string, Target>();
  for (const { source, text } of given) {
    const parsed = sources.get(source)?.parseTarget(text);
    if (!parsed) return { ok: false, problem: "unknownSource", source };
    if (!parsed.ok) return { ok: false, problem: "badTarget", source, text, reason: parsed.problem };
    targets.set(`${source} ${parsed.query}`, { source, query: parsed.query });
  }
  if (targets.size === 0) return { ok: false, problem: "badTarget", source: "", text: "", reason: "empty" };
  return [...targets.values()];
}

function isSameRequest(ledger: LeadLedger, current: RequestState, targets: readonly Target[]): boolean {
  const known = ledger.state().targets;
  const asked = current.targets.map((number) => known[number]?.target);
  const isAsked = ({ source, query }: Target): boolean =>
    asked.some((one) => one?.source === source && one.query === query);
  return targets.length === asked.length && targets.every(isAsked);
}

/** Whoever names a limit or cycles means them: a request that began without them doesn't go on in their place. */
function isWithinTerms(
  { count, maxCalls, cycle }: RequestState,
  wanted: Pick<CollectRequest, "count" | "maxCalls" | "cycle">,
): boolean {
  const hasCalls = wanted.maxCalls === undefined || wanted.maxCalls === maxCalls;
  const hasCycle =
    wanted.cycle === undefined ||
    (wanted.cycle.everyMs === cycle?.everyMs && wanted.cycle.leads === cycle.leads);
  return count === wanted.count && hasCalls && hasCycle;
}

function isUntold({ isTold, status }: RequestState): boolean {
  return !isTold && status.kind === "ended" && status.end !== "cancelled";
}
