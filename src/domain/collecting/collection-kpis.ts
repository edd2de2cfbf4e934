/** How well collecting works over all requests that ever ended. */
import type { FinishedRequest } from "./collection.ts";

export interface CollectionKpis {
  readonly jobsProcessed: number;
  /** Requests that got exactly what they asked for. */
  readonly exactCountAchieved: number;
  /** In percent with one digit after the point. */
  readonly accuracyRate: number;
  readonly averageApiCallsPerJob: number;
  /** ms */
  readonly averageProcessingTime: number;
  /** What was asked for most often, with how often. */
  readonly topKeywords: readonly { readonly keyword: string; readonly jobs: number }[];
  /** ms since the epoch; absent before the first. */
  readonly lastUpdated?: number;
}

/** The KPIs in the names that machines read. */
export interface KpiRecord {
  readonly totalJobsProcessed: number;
  readonly exactCountAchieved: number;
  /** Percent. */
  readonly accuracyRate: number;
  readonly avgApiCallsPerJob: number;
  /** ms */
  readonly avgProcessingTime: number;
  readonly topKeywords: CollectionKpis["topKeywords"];
  /** ISO 8601; null before the first. */
  readonly lastUpdated: string | null;
}

/** Says KPIs in those names. */
export function kpiRecord(kpis: CollectionKpis): KpiRecord {
  const { exactCountAchieved, accuracyRate, topKeywords, lastUpdated } = kpis;
  return {
    totalJobsProcessed: kpis.jobsProcessed,
    exactCountAchieved,
    accuracyRate,
    avgApiCallsPerJob: kpis.averageApiCallsPerJob,
    avgProcessingTime: kpis.averageProcessingTime,
    topKeywords,
    lastUpdated: lastUpdated === undefined ? null : new Date(lastUpdated).toISOString(),
  };
}

/** How many of the most asked for are named. */
const TOP = 5;

/** Sums up requests; one the operator cancelled counts as processed. */
export function collectionKpis(requests: Iterable<FinishedRequest>): CollectionKpis {
  let [jobs, exact, calls, time, last] = [0, 0, 0, 0, 0];
  const asked = new Map<string, number>();
  for (const request of requests) {
    jobs++;
    if (request.delivered === request.count) exact++;
    calls += request.calls;
    time += request.endedAt - request.startedAt;
    last = Math.max(last, request.endedAt);
    for (const { query } of request.targets) asked.set(query, (asked.get(query) ?? 0) + 1);
  }
  const perJob = (sum: number, digits: number): number =>
    jobs === 0 ? 0 : Number((sum / jobs).toFixed(digits));
  return {
    jobsProcessed: jobs,
    exactCountAchieved: exact,
    accuracyRate: perJob(100 * exact, 1),
    averageApiCallsPerJob: perJob(calls, 2),
    averageProcessingTime: perJob(time, 0),
    topKeywords: [...asked]
      .map(([keyword, count]) => ({ keyword, jobs: count }))
      .toSorted((a, b) => b.jobs - a.jobs || (a.keyword < b.keyword ? -1 : 1))
      .slice(0, TOP),
    ...(jobs === 0 ? {} : { lastUpdated: last }),
  };
}
