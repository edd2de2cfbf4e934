/** What a request for leads looks like in figures, while it runs (requirement E6) and when it has ended (E7, E8). */
import type { RequestState } from "./collection.ts";

/** Prices of one source in US dollars; absent where it is free. */
export interface LeadPrices {
  readonly perPage: number;
  readonly perLead: number;
}

export interface CollectionFigures {
  /** People delivered, and how many were asked for. */
  readonly current: number;
  readonly target: number;
  /** 0 to 100, rounded down: 100 only when it is all of them. */
  readonly percent: number;
  readonly apiCalls: number;
  readonly duplicates: number;
  /** Share of all people seen who were there already, in percent with one digit after the point. */
  readonly deduplicationRate: number;
  /** New people a call so far; 0 before the first. */
  readonly averageNewPerCall: number;
  /** Calls it still takes at this rate; 0 when nothing is missing or it is over, absent while there is nothing to go by. */
  readonly predictedCallsRemaining?: number;
  /** US dollars; absent where nothing costs anything. */
  readonly costSoFar?: number;
}

/** How to price the sources of a list. */
export interface FigureTerms {
  readonly pricesOf: (source: string) => LeadPrices | undefined;
  /** People in a page at most: what is expected while nothing is known. */
  readonly pageSize: number;
}

/** Works out the figures of a request. */
export function collectionFigures(
  request: RequestState,
  { pricesOf, pageSize }: FigureTerms,
): CollectionFigures {
  const { delivered, count, calls, found, duplicates, status } = request;
  const missing = status.kind === "ended" ? 0 : count - delivered;
  const average = calls === 0 ? 0 : found / calls;
  const expected = calls === 0 ? pageSize : average;
  const cost = costOf(request, pricesOf);
  return {
    current: delivered,
    target: count,
    percent: Math.floor((100 * delivered) / count),
    apiCalls: calls,
    duplicates,
    deduplicationRate: deduplicationRate(found, duplicates),
    averageNewPerCall: rounded(average, 2),
    ...(missing === 0
      ? { predictedCallsRemaining: 0 }
      : expected === 0
        ? {}
        : { predictedCallsRemaining: Math.ceil(missing / expected) }),
    ...(cost === undefined ? {} : { costSoFar: cost }),
  };
}

/** Share of the people seen who were there already, in percent with one digit after the point (requirement E8). */
export function deduplicationRate(unique: number, duplicates: number): number {
  return unique + duplicates === 0 ? 0 : rounded((100 * duplicates) / (unique + duplicates), 1);
}

function costOf({ usage }: RequestState, pricesOf: FigureTerms["pricesOf"]): number | undefined {
  let cost: number | undefined;
  for (const [source, { pages, rows }] of Object.entries(usage)) {
    const prices = pricesOf(source);
    if (prices) cost = (cost ?? 0) + pages * prices.perPage + rows * prices.perLead;
  }
  return cost === undefined ? undefined : rounded(cost, 6);
}

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

/** The metadata of a result (requirement E7). */
export interface ExactCountTracking {
  readonly version: "2.0";
  readonly targetCount: number;
  readonly uniqueCreatorsFound: number;
  readonly totalApiCalls: number;
  readonly duplicatesFound: number;
  readonly averageCreatorsPerCall: number;
  readonly targetAchieved: boolean;
  readonly endReason?: string;
  readonly apiCallDetails: readonly ApiCallDetail[];
}

/** Describes a request as its result file does. */
export function exactCountTracking(
  request: RequestState,
  apiCallDetails: readonly ApiCallDetail[],
): ExactCountTracking {
  const { count, delivered, calls, duplicates, found, status } = request;
  return {
    version: "2.0",
    targetCount: count,
    uniqueCreatorsFound: delivered,
    totalApiCalls: calls,
    duplicatesFound: duplicates,
    averageCreatorsPerCall: calls === 0 ? 0 : rounded(found / calls, 2),
    targetAchieved: delivered === count,
    ...(status.kind === "ended" ? { endReason: status.end } : {}),
    apiCallDetails,
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
