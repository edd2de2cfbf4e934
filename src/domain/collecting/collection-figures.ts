/** What a request for leads looks like in figures, while it runs and when it has ended. */
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
  /** Every call, with those that failed. */
  readonly apiCalls: number;
  /** Of these, calls that brought no page; absent when there are none. */
  readonly failedCalls?: number;
  /** Times that somebody came who was in the list already. */
  readonly duplicates: number;
  /** Rows whose author could not be read; absent when there are none. */
  readonly unreadable?: number;
  /** Share of all people seen who were there already, in percent with one digit after the point. */
  readonly deduplicationRate: number;
  /** People new to the list a page so far, those kept for later requests too; 0 before the first page. */
  readonly averageNewPerCall: number;
  /** Pages it still takes at this rate, if none fails; 0 when nothing is missing or it is over, absent while there is nothing to go by. */
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
  const { delivered, count, calls, pages, found, duplicates, unreadable, status } = request;
  const missing = status.kind === "ended" ? 0 : count - delivered;
  const average = pages === 0 ? 0 : found / pages;
  const expected = pages === 0 ? pageSize : average;
  const cost = costOf(request, pricesOf);
  return {
    current: delivered,
    target: count,
    percent: Math.floor((100 * delivered) / count),
    apiCalls: calls,
    ...(calls > pages ? { failedCalls: calls - pages } : {}),
    duplicates,
    ...(unreadable > 0 ? { unreadable } : {}),
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

/** How far a request is, in the names that machines read. */
export interface CollectionProgress {
  readonly current: number;
  readonly target: number;
  /** Whole percent. */
  readonly progress: number;
  readonly apiCalls: number;
  readonly duplicatesFound: number;
  readonly averagePerCall: number;
  /** Null while there is nothing to go by. */
  readonly predictedCallsRemaining: number | null;
}

/** Says figures in those names. */
export function collectionProgress(figures: CollectionFigures): CollectionProgress {
  const { current, target, percent, apiCalls, duplicates, averageNewPerCall } = figures;
  return {
    current,
    target,
    progress: percent,
    apiCalls,
    duplicatesFound: duplicates,
    averagePerCall: averageNewPerCall,
    predictedCallsRemaining: figures.predictedCallsRemaining ?? null,
  };
}

/** Share of the people seen who were there already, in percent with one digit after the point. */
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

/** A number with so many digits after the point at most. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
