import type { ListName, RequestState, TargetState } from "../../domain/collecting/collection.ts";
import { isListName } from "../../domain/collecting/collection.ts";
import { isOfPosts } from "../../domain/collecting/lead.ts";
import type { NewRequest } from "../../collector/collector.ts";
import type { Target } from "../../domain/collecting/lead.ts";
import { numberOfTarget } from "../../domain/collecting/number-of-target.ts";
import { listNameOf } from "../../domain/collecting/list-name.ts";
import type { LeadLedger } from "../../storage/ports/leads.ts";
import type { CollectRefusal, CollectRequest, CollectResult } from "./leads.ts";
import type { CollectParts } from "./leads-parts.ts";

/**
 * Begins a request. The same request again goes on where it stopped, also after a crash; one that ended is told instead
 * of collecting its number once more, unless one more is what was asked for.
 */
export async function collect(parts: CollectParts, request: CollectRequest): Promise<CollectResult> {
  const wanted = wantedBy(parts, request);
  if ("ok" in wanted) return wanted;
  const { list, targets } = wanted;
  const ledger = await parts.leadStore.open(list);
  if (await isOtherKind(ledger, targets)) return { ok: false, problem: "otherKind", list };
  return begunOrTold(parts, ledger, wanted);
}

/** Reads a request, or says what is wrong with it whatever lists there are. */
export function wantedBy(
  parts: Pick<CollectParts, "sources">,
  request: CollectRequest,
): Wanted | CollectRefusal {
  const targets = parsedTargets(parts, request.targets);
  if ("ok" in targets) return targets;
  const count = request.isEach ? request.count * targets.length : request.count;
  if (!Number.isSafeInteger(count) || request.count < 1) return { ok: false, problem: "badCount" };
  const list = (request.list ?? listNameOf(targets)).toLowerCase();
  if (!isListName(list)) return { ok: false, problem: "badListName" };
  const perTarget = request.isEach ? { perTarget: request.count } : {};
  return { list, targets, request, terms: { count, ...perTarget, ...limitsOf(request) } };
}

async function begunOrTold(parts: CollectParts, ledger: LeadLedger, wanted: Wanted): Promise<CollectResult> {
  const { list } = ledger;
  const { requests, request: current, targets } = await ledger.state();
  const before = requests.filter((one) => isThisOne(targets, one, wanted));
  const { time = "next" } = wanted.request;
  if (time !== "next" && time > before.length + 1)
    return { ok: false, problem: "badTime", next: before.length + 1 };
  const meant = time === "next" ? before.find((one) => one === current && !one.isTold) : before[time - 1];
  if (meant && meant === current && meant.isTold && canBeCompleted(meant)) return goOn(parts, ledger, meant);
  if (meant) return { ok: true, list, request: meant.number, begun: "toldAgain", fromBefore: 0 };
  if (!current || current.status.kind === "ended") return begin(parts, ledger, wanted);
  const isSame = isSameRequest(targets, current, wanted.targets) && isWithinTerms(current, wanted.terms);
  return isSame ? goOn(parts, ledger, current) : { ok: false, problem: "busy", list, count: current.count };
}

interface Wanted {
  readonly list: ListName;
  readonly targets: readonly Target[];
  readonly request: CollectRequest;
  readonly terms: Omit<NewRequest, "targets">;
}

function limitsOf({ maxCalls, cycle }: CollectRequest): Pick<NewRequest, "maxCalls" | "cycle"> {
  return { ...(maxCalls === undefined ? {} : { maxCalls }), ...(cycle === undefined ? {} : { cycle }) };
}

/** A list's numbers count people or posts, never both. */
export async function isOtherKind(
  ledger: Pick<LeadLedger, "state">,
  targets: readonly Target[],
): Promise<boolean> {
  const all = [...(await ledger.state()).targets.map(({ target }) => target), ...targets];
  return new Set(all.map(({ source }) => isOfPosts(source))).size > 1;
}

async function goOn(
  { collector }: Pick<CollectParts, "collector">,
  ledger: LeadLedger,
  { number }: RequestState,
): Promise<CollectResult> {
  await collector.resume(ledger);
  return { ok: true, list: ledger.list, request: number, begun: "goesOn", fromBefore: 0 };
}

async function begin(
  { collector }: Pick<CollectParts, "collector">,
  ledger: LeadLedger,
  { targets, terms }: Wanted,
): Promise<CollectResult> {
  const fromBefore = await collector.begin(ledger, { targets, ...terms });
  const request = (await ledger.state()).request?.number ?? 1;
  return { ok: true, list: ledger.list, request, begun: "new", fromBefore };
}

/** Reads targets as their sources do; each once, or what is wrong with the first that is none. */
export function parsedTargets(
  { sources }: Pick<CollectParts, "sources">,
  given: CollectRequest["targets"],
): readonly Target[] | CollectRefusal {
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

type Known = readonly TargetState[];

function isSameRequest(known: Known, current: RequestState, targets: readonly Target[]): boolean {
  const wanted = new Set(targets.map((target) => numberOfTarget(known, target)));
  return wanted.size === current.targets.length && current.targets.every((number) => wanted.has(number));
}

/** Whoever names a limit or cycles means them: a request that began without them doesn't go on in their place. */
function isWithinTerms(current: RequestState, wanted: Wanted["terms"]): boolean {
  const { maxCalls, cycle } = current;
  const hasCalls = wanted.maxCalls === undefined || wanted.maxCalls === maxCalls;
  const hasCycle =
    wanted.cycle === undefined ||
    (wanted.cycle.everyMs === cycle?.everyMs && wanted.cycle.leads === cycle.leads);
  return isSameNumber(current, wanted) && hasCalls && hasCycle;
}

/** Of how many, and how they are shared out: twins leave fewer targets, and as many of each. */
function isSameNumber(known: RequestState, { count, perTarget }: Wanted["terms"]): boolean {
  return known.perTarget === perTarget && (perTarget !== undefined || known.count === count);
}

/** An earlier request under exactly these terms; one that was cancelled or is out of date counts for nothing. */
function isThisOne(known: Known, earlier: RequestState, { targets, terms }: Wanted): boolean {
  const { maxCalls, cycle } = terms;
  const { status, isSpent } = earlier;
  if (status.kind !== "ended" || status.end === "cancelled" || isSpent) return false;
  const hasCycle = earlier.cycle?.everyMs === cycle?.everyMs && earlier.cycle?.leads === cycle?.leads;
  return (
    isSameNumber(earlier, terms) &&
    earlier.maxCalls === maxCalls &&
    hasCycle &&
    isSameRequest(known, earlier, targets)
  );
}

/** It ended short of its number in a way that may be different by now, and goes on for what it lacks. */
function canBeCompleted({ status }: RequestState): boolean {
  if (status.kind !== "ended") return false;
  return status.end === "emptyPages" || status.end === "unclear" || status.end === "targetGone";
}
