/** The metadata of a request's result as machines read it, version 2.0. */
import type { LeadListState, RequestState } from "./collection.ts";
import { rounded } from "./collection-figures.ts";
import { targetKey } from "./lead.ts";
import type { LeadEntry } from "./lead-entry.ts";
import { textOfReason } from "../reasons/stored-reason.ts";

/** One call as the metadata lists it. */
export interface ApiCallDetail {
  /** From 1. */
  readonly call: number;
  /** ISO 8601 */
  readonly timestamp: string;
  /** Key of the target. */
  readonly target: string;
  readonly rows: number;
  readonly newCreators: number;
  readonly duplicates: number;
  /** Why there was no page. */
  readonly error?: string;
}

/** The metadata of a result; the names are read by other programs. */
export interface ExactCountTracking {
  readonly version: "2.0";
  readonly targetCount: number;
  readonly uniqueCreatorsFound: number;
  /** Every call, with those that failed: these have an `error` in the details. */
  readonly totalApiCalls: number;
  readonly duplicatesFound: number;
  /** People new to the list a page. */
  readonly averageCreatorsPerCall: number;
  readonly targetAchieved: boolean;
  readonly endReason?: string;
  readonly apiCallDetails: readonly ApiCallDetail[];
}

/**
 * Describes a request as its result file does.
 * @param entries Of its list, from the first
 */
export async function trackingOf(
  request: RequestState,
  { targets }: Pick<LeadListState, "targets">,
  entries: AsyncIterable<LeadEntry>,
): Promise<ExactCountTracking> {
  const apiCallDetails = await callDetails(request.number, targets, entries);
  const { count, delivered, calls, pages, duplicates, found, status } = request;
  return {
    version: "2.0",
    targetCount: count,
    uniqueCreatorsFound: delivered,
    totalApiCalls: calls,
    duplicatesFound: duplicates,
    averageCreatorsPerCall: pages === 0 ? 0 : rounded(found / pages, 2),
    targetAchieved: delivered === count,
    ...(status.kind === "ended" ? { endReason: status.end } : {}),
    apiCallDetails,
  };
}

/** The metadata as its file holds it. */
export function trackingText(tracking: ExactCountTracking): string {
  return `${JSON.stringify({ exactCountTracking: tracking }, null, 2)}\n`;
}

/** Calls of one request, in order. */
async function callDetails(
  number: number,
  targets: LeadListState["targets"],
  entries: AsyncIterable<LeadEntry>,
): Promise<readonly ApiCallDetail[]> {
  const details: ApiCallDetail[] = [];
  let current = 0;
  for await (const entry of entries) {
    if (entry.t === "request") current++;
    if (current > number) break;
    if (current < number || (entry.t !== "page" && entry.t !== "fault")) continue;
    const target = targets[entry.k]?.target;
    details.push({
      call: details.length + 1,
      timestamp: new Date(entry.at).toISOString(),
      target: target ? targetKey(target) : "",
      ...broughtBy(entry),
    });
  }
  return details;
}

function broughtBy(entry: Extract<LeadEntry, { t: "page" | "fault" }>) {
  if (entry.t === "fault") return { rows: 0, newCreators: 0, duplicates: 0, error: textOfReason(entry.why) };
  const { rows, leads, known, again } = entry;
  return { rows, newCreators: leads.length, duplicates: known.length + again };
}
