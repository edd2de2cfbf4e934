import type { LeadsActionResult, LeadsDesk } from "../../src/app/leads/leads-desk.ts";

/** A desk at which there is nothing to collect from and no list. */
export function createEmptyLeads(): LeadsDesk {
  return {
    sources: () => [],
    defaultCycle: () => ({ everyMs: 20 * 60_000, leads: 1000 }),
    parseTarget: () => undefined,
    lists: () => Promise.resolve([]),
    listNameFor: () => undefined,
    estimate: nothing,
    collect: ({ targets }) =>
      Promise.resolve({ ok: false, problem: "unknownSource", source: targets[0]?.source ?? "" }),
    view: nothing,
    pause: unknown,
    resume: unknown,
    cancel: unknown,
    reset: unknown,
    told: nothing,
    settled: nothing,
    metadata: nothing,
    leads: nothing,
    exportLeads: nothing,
    addToSuppression: nothing,
    kpis: () => ({
      jobsProcessed: 0,
      exactCountAchieved: 0,
      accuracyRate: 0,
      averageApiCallsPerJob: 0,
      averageProcessingTime: 0,
      topKeywords: [],
    }),
    save: () => Promise.reject(new Error("nothing is saved here")),
    watch: () => () => undefined,
  };
}

function unknown(): Promise<LeadsActionResult> {
  return Promise.resolve({ ok: false, problem: "unknownList" });
}

function nothing(): Promise<undefined> {
  return Promise.resolve(undefined);
}
