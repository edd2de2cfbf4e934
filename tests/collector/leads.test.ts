/** What an operator can ask for about leads, as every front end asks it. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { NewestEvents } from "../../src/storage/files/events/newest-events.ts";
import { createEventHub } from "../../src/app/event-hub.ts";
import { createLeads } from "../../src/app/leads/create-leads.ts";
import type { Leads, CollectRequest } from "../../src/app/leads/leads.ts";
import { createInProcessReader } from "../../src/lists/reader/in-process-reader.ts";
import { createImportList } from "../../src/app/lists/import-list.ts";
import type { CollectionEvent } from "../../src/domain/collecting/collection-event.ts";
import type { Lead } from "../../src/domain/collecting/lead.ts";
import { leadOfPost } from "../../src/domain/collecting/post.ts";
import { leadsAsList } from "../../src/app/leads/leads-as-list.ts";
import type { Source } from "../../src/sources/source.ts";
import type { SuppressionStore } from "../../src/storage/ports/people.ts";
import type { Collecting } from "../support/collecting.ts";
import { createLeadWorld } from "../support/collecting.ts";
import { bytesOf } from "../support/file-content.ts";
import { createMemoryListStore } from "../support/memory-list-store.ts";
import { createMemorySubscribers } from "../support/memory-subscribers.ts";
import { createMemorySuppression } from "../support/memory-suppression.ts";
import { createScriptedSource, people } from "../support/scripted/scripted-source.ts";
import { noContacts } from "../support/no-contacts.ts";

const formula: Lead = { id: "id0", username: "=cmd()", displayName: "+1", details: { bio: "@SUM(1)" } };
const rows = { spring: [formula, ...people(1, 40)], summer: people(101, 140) };
const words = {
  sheet: { name: "Leads", isRightToLeft: false },
  headings: ["username", "display name", "id", "platform", "target", "found at"],
  time: (at: number) => new Date(at).toISOString(),
} as const;

let world: Awaited<ReturnType<typeof createLeadWorld>>;
let life: Collecting;
let leads: Leads;
let suppression: SuppressionStore;

beforeEach(async () => {
  world = await createLeadWorld();
  const prices = { perPage: 0.01, perLead: 0.001, asOf: "2026-09-01" };
  const source = createScriptedSource({ rows, manifest: { prices } });
  life = await world.live({ sources: [source] });
  suppression = createMemorySuppression();
  leads = leadsOf(source);
});

/** What an operator can ask of the life under way, with this source. */
function leadsOf(source: Source): Leads {
  return createLeads({
    leadStore: life.store,
    sources: new Map([[source.manifest.name, source]]),
    collector: life.collector,
    leadEvents: createEventHub(new NewestEvents<CollectionEvent>(), () => undefined),
    defaultCycle: { everyMs: 1, leads: 1 },
    postsPerTarget: 500,
    suppression,
    clock: life.clock,
  });
}

afterEach(async () => {
  await life.close();
  await world[Symbol.asyncDispose]();
});

function request(text: string, count: number): CollectRequest {
  return { targets: [{ source: "x-followers", text }], count };
}

async function collected(text: string, count: number): Promise<string> {
  const result = await leads.collect(request(text, count));
  if (!result.ok) throw new Error(result.problem);
  await life.finish(result.list);
  return result.list;
}

test("shows a request's figures, with calls still needed and what it cost", async () => {
  const list = await collected("@Spring", 25);
  const view = await leads.view(list);
  expect(list).toBe("x-followers-spring");
  expect(view?.figures).toEqual({
    current: 25,
    target: 25,
    percent: 100,
    apiCalls: 3,
    duplicates: 0,
    deduplicationRate: 0,
    averageNewPerCall: 10,
    predictedCallsRemaining: 0,
    costSoFar: 0.06,
  });
  expect(await leads.metadata(list)).toMatchObject({
    version: "2.0",
    targetCount: 25,
    uniqueCreatorsFound: 25,
    totalApiCalls: 3,
    duplicatesFound: 0,
    averageCreatorsPerCall: 10,
    targetAchieved: true,
    apiCallDetails: [
      { call: 1, target: "followers_spring", rows: 10, newCreators: 10, duplicates: 0 },
      { call: 2 },
      { call: 3 },
    ],
  });
});

test("foretells no more calls once a request is over", async () => {
  const list = await collected("spring", 100);
  expect((await leads.view(list))?.figures).toMatchObject({ current: 41, predictedCallsRemaining: 0 });
});

test("takes of each target what is wanted of each, and no more of one where another has too few", async () => {
  const targets = ["spring", "summer"].map((text) => ({ source: "x-followers", text }));
  const result = await leads.collect({ targets, count: 35, isEach: true, list: "both" });
  expect(result).toMatchObject({ ok: true, begun: "new" });
  await life.finish("both");
  const both = await leads.view("both");
  expect(both?.request).toMatchObject({ count: 70, perTarget: 35, delivered: 70, got: { 0: 35, 1: 35 } });
  const more = await leads.collect({ targets, count: 10, isEach: true, list: "both" });
  expect(more).toMatchObject({ ok: true, begun: "new", fromBefore: 10 });
  await life.finish("both");
  expect((await leads.view("both"))?.request).toMatchObject({
    delivered: 11,
    got: { 0: 6, 1: 5 },
    status: { end: "sourceExhausted" },
  });
  const once = await leads.collect({ targets, count: 70, list: "both" });
  expect(once).toMatchObject({ ok: true, begun: "new" });
});

test("estimates calls and cost, without what is there already", async () => {
  expect(await leads.estimate(request("spring", 25))).toEqual({
    list: "x-followers-spring",
    fromBefore: 0,
    fewestCalls: 3,
    leastCost: 0.055,
    pricesAsOf: "2026-09-01",
  });
  await collected("spring", 25);
  expect(await leads.estimate(request("spring", 5))).toMatchObject({ fromBefore: 5, fewestCalls: 0 });
});

test("the same request is told again until somebody heard how it ended; then it is a new one", async () => {
  const list = await collected("spring", 10);
  expect(await leads.collect(request("spring", 10))).toMatchObject({ ok: true, begun: "toldAgain" });
  await leads.told(list);
  expect(await leads.collect(request("spring", 10))).toMatchObject({ ok: true, begun: "new" });
  await life.finish(list);
  expect((await leads.view(list))?.delivered).toBe(20);
});

test("refuses what it can't do, and says why", async () => {
  await collected("spring", 10);
  await leads.collect({ ...request("summer", 10), list: "busy", cycle: { everyMs: 60_000, leads: 1 } });
  expect([
    await leads.collect({ targets: [{ source: "myspace", text: "tom" }], count: 1 }),
    await leads.collect(request("  ", 1)),
    await leads.collect(request("spring", 0)),
    await leads.collect({ ...request("spring", 1), list: "../etc" }),
    await leads.collect({ ...request("spring", 1), list: "finished.jsonl" }),
    await leads.collect({ ...request("spring", 1), list: "busy" }),
    await leads.pause("nobody"),
    await leads.resume("x-followers-spring"),
    await leads.reset("x-followers-spring", "followers_other"),
  ]).toMatchObject([
    { problem: "unknownSource" },
    { problem: "badTarget", reason: "empty" },
    { problem: "badCount" },
    { problem: "badListName" },
    { problem: "badListName" },
    { problem: "busy", count: 10 },
    { problem: "unknownList" },
    { problem: "notNow" },
    { problem: "unknownTarget" },
  ]);
});

test("a request goes on within the limits it was given, and no repetition that names others goes around them", async () => {
  const cycle = { everyMs: 60_000, leads: 1 };
  const paced = { ...request("spring", 10), list: "paced", maxCalls: 9, cycle };
  const plain = { ...request("summer", 10), list: "plain", cycle };
  const results = [];
  for (const each of [
    paced,
    paced,
    { ...request("spring", 10), list: "paced" },
    { ...paced, maxCalls: 5 },
    { ...paced, cycle: { everyMs: 60_000, leads: 2 } },
    plain,
    { ...plain, maxCalls: 5 },
  ])
    results.push(await leads.collect(each));
  expect(results).toMatchObject([
    { begun: "new" },
    { begun: "goesOn" },
    { begun: "goesOn" },
    { problem: "busy" },
    { problem: "busy" },
    { begun: "new" },
    { problem: "busy" },
  ]);
});

/** A post; whoever wrote the first had another name then. */
function post(id: number, writer: string, time: string | undefined): Lead {
  return leadOfPost({
    id: `post${id}`,
    author: { id: `id-${writer}`, username: id === 1 ? `${writer}_before` : writer },
    text: `words ${id}`,
    url: `https://x.com/${id}`,
    time,
  });
}

test("wants of one account under two names what is wanted of one, and tells the same request again", async () => {
  await life.close();
  const source = createScriptedSource({
    rows: { ...rows, did: rows.spring },
    manifest: { name: "bluesky-followers" },
    identityOf: (query) => (query === "summer" ? "did:2" : "did:1"),
  });
  life = await world.live({ sources: [source] });
  const each = leadsOf(source);
  const targets = ["spring", "did", "summer"].map((text) => ({ source: "bluesky-followers", text }));
  const wanted = { targets, count: 10, isEach: true, list: "twins", time: 1 };
  expect(await each.collect(wanted)).toMatchObject({ ok: true, begun: "new" });
  await life.finish("twins");
  expect((await each.view("twins"))?.request).toMatchObject({
    count: 20,
    delivered: 20,
    got: { 0: 10, 2: 10 },
    status: { end: "targetReached" },
  });
  expect(await each.collect(wanted)).toMatchObject({ ok: true, begun: "toldAgain" });
});

test("a list of posts becomes its authors, each once, with their newest post as variables", async () => {
  const written = [
    post(1, "ana", "2026-01-01T00:00:00.000Z"),
    post(2, "bo_", undefined),
    post(3, "ana", "2026-01-03T00:00:00.000Z"),
    post(4, "ana", "2026-01-02T00:00:00.000Z"),
    post(5, "bo_", "2026-01-01T00:00:00.000Z"),
  ];
  const target = { source: "x-posts", query: "#coffee" };
  const ledger = await life.store.open("drinks");
  await ledger.join([target], 1);
  await ledger.note({ t: "request", targets: [0], count: 9, at: 1 });
  for (const lead of written) await ledger.save(0, lead, 2);
  const list = await leadsAsList(life.store, "drinks");
  const found: (readonly string[])[] = [];
  for await (const batch of list?.rows ?? []) found.push(...batch.map(({ cells }) => cells));
  expect(list?.columns.slice(0, 4)).toEqual(["display_name", "post", "post_url", "post_time"]);
  expect(found.map((cells) => cells.slice(0, 4))).toEqual([
    ["ana", "", "words 3", "https://x.com/3"],
    ["bo_", "", "words 5", "https://x.com/5"],
  ]);
});

test("a list becomes a campaign's recipients, with what is known of people as variables", async () => {
  const list = await collected("spring", 12);
  const lists = createMemoryListStore();
  const importList = createImportList({
    reader: createInProcessReader(),
    lists,
    leadStore: life.store,
    ledgers: { sentNames: async () => new Set() },
    suppression,
    subscribers: createMemorySubscribers(),
    contacts: noContacts,
    campaigns: { get: async () => undefined },
    clock: life.clock,
  });
  const report = await importList({ source: { kind: "leads", list }, campaignId: "spring" });
  expect(report).toMatchObject({
    kind: "report",
    origin: "leads:x-followers-spring",
    read: 12,
    valid: 11,
    invalid: 1,
    columns: ["display_name", "bio"],
  });
});

test("exports in every format; no cell starts a formula", async () => {
  const list = await collected("spring", 3);
  const made = async (format?: "csv" | "json" | "xlsx"): Promise<Buffer> => {
    const file = await leads.exportLeads(list, words, format);
    expect(file?.name).toBe(`${list}-leads.${format ?? "csv"}`);
    return file ? bytesOf(file) : Buffer.alloc(0);
  };
  expect((await made()).toString().split("\r\n").slice(0, 3)).toEqual([
    "\uFEFFusername,display name,id,platform,target,found at,bio",
    "'=cmd(),'+1,id0,x,followers_spring,2026-01-01T00:00:00.000Z,'@SUM(1)",
    "p1,,id1,x,followers_spring,2026-01-01T00:00:00.000Z,",
  ]);
  expect(JSON.parse((await made("json")).toString())).toMatchObject([
    { username: "=cmd()", id: "id0", platform: "x", bio: "@SUM(1)" },
    { username: "p1" },
    { username: "p2" },
  ]);
  expect((await made("xlsx")).subarray(0, 2).toString()).toBe("PK");
});

test("puts everybody on the do-not-send list, and says whose name can't stand there", async () => {
  const list = await collected("spring", 11);
  expect(await leads.addToSuppression(list)).toEqual({ added: 10, unusable: 1 });
  expect(await suppression.reasonFor("p7")).toBe("suppressed");
});

test("counts every request that ended in the KPIs", async () => {
  const list = await collected("spring", 10);
  await leads.told(list);
  await collected("spring", 1000);
  expect(await leads.kpis()).toMatchObject({
    jobsProcessed: 2,
    exactCountAchieved: 1,
    accuracyRate: 50,
    averageApiCallsPerJob: 2.5,
    topKeywords: [{ keyword: "spring", jobs: 2 }],
    lastUpdated: life.clock.now(),
  });
});

test("saving one lead answers its id and whether it was created", async () => {
  const target = { source: "x-followers", query: "spring" };
  const [ana = formula] = people(1, 1);
  expect(await leads.save("hand", target, ana)).toEqual({ leadId: "x:id1", created: true });
  expect(await leads.save("hand", target, { ...ana, username: "renamed" })).toEqual({
    leadId: "x:id1",
    created: false,
  });
});
