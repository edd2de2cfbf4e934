/**
 * What a collection does next: ask one target for a page, wait, begin a cycle, pause, or end. Pure: everything it goes by
 * is an argument, so the same state always gives the same step, before and after a restart.
 */
import type { CollectionPause, LeadListState, RequestState, TargetState } from "./collection.ts";
import { wantedFrom } from "./collection.ts";
import type { CollectionEnd, TargetEnd } from "./lead.ts";
import type { Reason } from "../reasons/reason.ts";

/** Something keeps a target from being asked until a moment, ms since the epoch. */
export interface Rest {
  readonly kind: "rateLimit" | "callLimit" | "unavailable" | "cycle";
  readonly until: number;
  readonly why?: Reason;
}

export interface CollectionSigns {
  readonly state: LeadListState;
  readonly now: number;
  /** Position of the target that was asked last; the round goes on behind it. */
  readonly last: number;
  /** What keeps a target waiting, if anything does. */
  readonly restOf: (target: number) => Rest | undefined;
  /** Why a source can't be asked at all. */
  readonly blockOf: (source: string) => CollectionPause | undefined;
}

export type NextCall =
  | { readonly kind: "ask"; readonly target: number }
  | { readonly kind: "wait"; readonly rest: Rest }
  | { readonly kind: "cycle"; readonly at: number }
  | { readonly kind: "pause"; readonly pause: CollectionPause }
  | { readonly kind: "end"; readonly end: CollectionEnd }
  /** There is no request, or it is paused or over. */
  | { readonly kind: "nothing" };

/** Decides the next step. Targets take turns; those that gave all they have are passed over. */
export function nextCall(signs: CollectionSigns): NextCall {
  const { state, now } = signs;
  const { request } = state;
  if (request?.status.kind !== "running") return { kind: "nothing" };
  if (request.delivered === request.count) return { kind: "end", end: "targetReached" };
  const cycle = cycleStep(request, now);
  if (cycle) return cycle;
  const lacking = request.targets.filter((target) => wantedFrom(request, target) > 0);
  const open = lacking.filter((target) => state.targets[target]?.end === undefined);
  if (open.length === 0) return { kind: "end", end: endOfAll(lacking, state.targets) };
  if (request.calls >= (request.maxCalls ?? Infinity)) return { kind: "end", end: "callLimit" };
  return askOrWait(signs, open);
}

/** A cycle that is over is followed by the next on the clock's grid; one whose leads are used up is waited out. */
function cycleStep(
  { cycle, cycleStartedAt, deliveredThisCycle }: RequestState,
  now: number,
): NextCall | undefined {
  if (!cycle) return undefined;
  const cycles = Math.floor((now - cycleStartedAt) / cycle.everyMs);
  if (cycles >= 1) return { kind: "cycle", at: cycleStartedAt + cycles * cycle.everyMs };
  if (deliveredThisCycle < cycle.leads) return undefined;
  return { kind: "wait", rest: { kind: "cycle", until: cycleStartedAt + cycle.everyMs } };
}

function askOrWait(
  { state, now, last, restOf, blockOf }: CollectionSigns,
  open: readonly number[],
): NextCall {
  const blocks = open.map((target) => blockOf(state.targets[target]?.target.source ?? ""));
  const usable = open.filter((_, index) => blocks[index] === undefined);
  const [block] = blocks;
  if (usable.length === 0 && block) return { kind: "pause", pause: block };
  const inTurn = [...usable.filter((target) => target > last), ...usable.filter((target) => target <= last)];
  let soonest: Rest | undefined;
  for (const target of inTurn) {
    const rest = restOf(target);
    if (!rest || rest.until <= now) return { kind: "ask", target };
    if (!soonest || rest.until < soonest.until) soonest = rest;
  }
  return soonest ? { kind: "wait", rest: soonest } : { kind: "nothing" };
}

/** The source is exhausted only where every target said so itself; of the others the least certain end is named. */
function endOfAll(targets: readonly number[], states: readonly TargetState[]): CollectionEnd {
  const ends = new Set<TargetEnd | undefined>(targets.map((target) => states[target]?.end));
  for (const end of ["unclear", "emptyPages", "cursorLoop", "noNewPeople"] as const)
    if (ends.has(end)) return end;
  return ends.has("exhausted") ? "sourceExhausted" : "targetGone";
}
