/** Collecting in memory for dialogues: lists stand where a test puts them and nothing is asked of any source. */
import { createEventHub } from "../../../src/app/event-hub.ts";
import { NewestEvents } from "../../../src/storage/files/events/newest-events.ts";
import type {
  CollectionEvent,
  CollectionKpis,
  CollectRequest,
  LeadListView,
  LeadsActionResult,
  Leads,
  SourceManifest,
} from "../../../src/app/leads/leads.ts";
import type {
  CollectionStatus,
  RequestState,
  TargetState,
} from "../../../src/domain/collecting/collection.ts";
import { collectionFigures } from "../../../src/domain/collecting/collection-figures.ts";
import type { Clock } from "../../../src/lib/clock.ts";

export interface FakeLeads extends Leads {
  readonly asked: CollectRequest[];
  readonly resetOf: string[];
  readonly suppressed: string[];
  readonly toldOf: string[];
  /** Names that can't stand on the do-not-send list. */
  unusable: number;
  sourceManifests: SourceManifest[];
  figuresOfAll: CollectionKpis;
  /** Puts a list where a test wants it. */
  put(list: string, request: Partial<RequestState>, targets?: readonly Partial<TargetState>[]): void;
  emit(event: CollectionEvent): void;
  [Symbol.dispose](): void;
}

const sources: SourceManifest[] = [
  { name: "tiktok", targetKind: "keywords", pageSize: 30 },
  {
    name: "x-followers",
    targetKind: "account",
    pageSize: 1000,
    prices: { perPage: 0, perLead: 0.01, asOf: "2026-08-22" },
  },
  { name: "x-posts", targetKind: "search", pageSize: 100 },
];

const nothing = { calls: 0, pages: 0, rows: 0, found: 0, duplicates: 0, unreadable: 0 };

/** Creates it. */
export function createFakeLeads(clock: Clock): FakeLeads {
  const events = createEventHub(new NewestEvents<CollectionEvent>(), console.error);
  const views = new Map<string, LeadListView>();
  const emit = (event: CollectionEvent): void => events.emit(event);

  const change = (list: string, from: readonly string[], status: CollectionStatus): LeadsActionResult => {
    const request = views.get(list)?.request;
    if (!request) return { ok: false, problem: "unknownList" };
    if (!from.includes(request.status.kind)) return { ok: false, problem: "notNow" };
    leads.put(list, { status });
    emit({ list, at: clock.now(), kind: "status", status });
    return { ok: true };
  };

  const leads: FakeLeads = {
    asked: [],
    resetOf: [],
    suppressed: [],
    toldOf: [],
    unusable: 0,
    sourceManifests: sources,
    figuresOfAll: {
      jobsProcessed: 0,
      exactCountAchieved: 0,
      accuracyRate: 0,
      averageApiCallsPerJob: 0,
      averageProcessingTime: 0,
      topKeywords: [],
    },
    emit,
    put(list, request, targets) {
      const before = views.get(list);
      const next: RequestState = { ...blankRequest(clock.now()), ...before?.request, ...request };
      const states = targets?.map((one) => ({ ...blankTarget, ...one })) ?? before?.targets ?? [];
      const terms = { pricesOf: () => undefined, pageSize: 30 };
      const { delivered } = next;
      const figures = collectionFigures(next, terms);
      views.set(list, { list, targets: states, request: next, size: delivered, delivered, figures });
    },
    sources: () => leads.sourceManifests,
    defaultCycle: () => ({ everyMs: 20 * 60_000, leads: 1000 }),
    postsPerTarget: () => 500,
    parseTarget: (source, text) =>
      source === "x-followers" && /\s/.test(text)
        ? { ok: false, problem: "notAName" }
        : { ok: true, query: text.replace("@", "") },
    lists: async () =>
      [...views.values()].map(({ list, size, delivered, request }) => ({
        list,
        targets: [],
        size,
        delivered,
        ...(request ? { request } : {}),
        changedAt: clock.now(),
      })),
    listNameFor: ([first]) => first && `${first.source}-${first.text.replaceAll(/[^a-z0-9]+/gi, "-")}`,
    estimate: async ({ count, targets: [first], list = leads.listNameFor(first ? [first] : []) }) => ({
      list: list ?? "list",
      fromBefore: 0,
      fewestCalls: Math.ceil(count / 30),
      ...(first?.source === "x-followers" ? { leastCost: count / 100, pricesAsOf: "2026-08-22" } : {}),
      ...(first?.source === "x-posts" ? { leastCost: 5, cautiousCost: 15, pricesAsOf: "2026-08-22" } : {}),
    }),
    async collect(request) {
      const list = leads.listNameFor(request.targets) ?? "list";
      if (views.get(list)?.request?.status.kind === "running")
        return { ok: false, problem: "busy", list, count: views.get(list)?.request?.count ?? 0 };
      leads.asked.push(request);
      const [first] = request.targets;
      leads.put(list, { count: request.count }, [
        { target: { source: first?.source ?? "", query: first?.text ?? "" } },
      ]);
      return { ok: true, list, request: 1, begun: "new", fromBefore: 0 };
    },
    view: async (list) => views.get(list),
    pause: async (list) => change(list, ["running"], { kind: "paused", pause: { kind: "operator" } }),
    resume: async (list) => change(list, ["paused"], { kind: "running" }),
    cancel: async (list) =>
      change(list, ["running", "paused"], { kind: "ended", end: "cancelled", at: clock.now() }),
    async reset(list, key) {
      leads.resetOf.push(`${list} ${key ?? "all"}`);
      return { ok: true };
    },
    told: async (list) => void leads.toldOf.push(list),
    settled: async () => undefined,
    metadata: async () => undefined,
    alsoIn: async () => [],
    leads: async () => undefined,
    async exportLeads(list, words) {
      if (!views.has(list)) return undefined;
      return { name: "leads.csv", open: () => [`${words.headings.join(",")}\nali,Ali\n`] };
    },
    async addToSuppression(list) {
      leads.suppressed.push(list);
      return { added: views.get(list)?.delivered ?? 0, unusable: leads.unusable };
    },
    kpis: async () => leads.figuresOfAll,
    save: async (_list, _target, lead) => ({ leadId: `x:${lead.id}`, created: true }),
    watch(listener) {
      return events.watch(listener);
    },
    [Symbol.dispose]: () => undefined,
  };
  return leads;
}

const blankTarget: TargetState = {
  ...nothing,
  target: { source: "tiktok", query: "coffee" },
  sighted: 0,
  stalePages: 0,
  emptyPages: 0,
  unreadablePages: 0,
};

function blankRequest(now: number): RequestState {
  return {
    ...nothing,
    number: 1,
    targets: [0],
    count: 100,
    delivered: 0,
    deliveredThisCycle: 0,
    cycleStartedAt: now,
    startedAt: now,
    status: { kind: "running" },
    isTold: false,
    isSpent: false,
    got: {},
    usage: {},
  };
}
