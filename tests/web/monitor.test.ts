/** The pages for looking at Peyk, asked without a port. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { kpiLines } from "../../src/bot/views/leads/lead-lists.ts";
import { newPageKey } from "../../src/lib/pages/page-key.ts";
import { textOfHtml } from "../../src/lib/text/html-text.ts";
import type { MonitorView } from "../../src/web/view.ts";
import { createWeb, type Web } from "../../src/web/web.ts";
import type { Locale } from "../../src/words/locale.ts";
import { UnreadableRecordError } from "../../src/domain/errors.ts";
import { locales } from "../../src/words/locale.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { FakeApp } from "../support/fake-app/fake-app.ts";
import { createFakeApp } from "../support/fake-app/fake-app.ts";
import { open } from "../playground/open-playground.ts";
import { createFakeSync } from "../support/fake-app/fake-sync.ts";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOON = Date.UTC(2026, 2, 21, 12);

const pageKey = newPageKey();

let clock: VirtualClock;
let app: FakeApp;
let web: Web;
let lease: () => void;

beforeEach(() => {
  clock = createVirtualClock(NOON);
  app = createFakeApp(clock);
  lease = () => undefined;
  web = createWeb({
    app,
    clock,
    timeZone: "Asia/Tehran",
    defaultLocale: "en",
    hasChat: true,
    key: pageKey,
    assertHeld: () => lease(),
    withProcessMetrics: false,
  });
});

afterEach(() => {
  web[Symbol.dispose]();
  app[Symbol.dispose]();
});

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return web.fetch(
    new Request(`http://127.0.0.1:8787${path}`, {
      headers: { host: "127.0.0.1:8787", authorization: `Bearer ${pageKey}`, ...headers },
    }),
  );
}

const viewShape = z.custom<MonitorView>((value) => typeof value === "object");

async function viewIn(locale: Locale): Promise<MonitorView> {
  const answer = await ask(`/monitor/view.json?lang=${locale}`);
  expect(answer.status).toBe(200);
  return viewShape.parse(await answer.json());
}

async function sentTile(): Promise<number> {
  return Number((await viewIn("en")).tiles[1]?.value);
}

async function sectionIn(locale: Locale, key: string) {
  const found = (await viewIn(locale)).sections.find((one) => one.key === key);
  if (!found) throw new Error(`the page has no ${key}`);
  return found;
}

function putCampaigns(): void {
  const counts = {
    planned: 30,
    claimed: 2,
    sent: 50,
    notFound: 7,
    refused: 4,
    failed: 3,
    uncertain: 1,
    skipped: 3,
  };
  app.put("spring", counts);
  app.extend("spring", { oldestUncertainAt: NOON - 12 * MINUTE });
  app.put("done", { sent: 9 }, { status: "finished", finishedAt: NOON - MINUTE });
  app.put("long-ago", { sent: 1000 }, { status: "finished", finishedAt: NOON - 2 * DAY });
}

function putLeads(): void {
  app.leads.put("tiktok-coffee", { count: 100, delivered: 40, calls: 2, found: 40, duplicates: 10 }, [{}]);
  app.leads.figuresOfAll = {
    jobsProcessed: 4,
    exactCountAchieved: 3,
    accuracyRate: 75,
    averageApiCallsPerJob: 2.5,
    averageProcessingTime: 90_000,
    topKeywords: [{ keyword: "coffee", jobs: 3 }],
    lastUpdated: NOON - MINUTE,
  };
}

function putAccounts(): void {
  const account = { channel: "simulator", usedToday: 4 };
  app.accountReports.push(
    { ...account, account: "sim-1", health: { kind: "active" } },
    {
      ...account,
      account: "sim-2",
      health: { kind: "resting", until: NOON + MINUTE, why: "noAnswerInTime" },
    },
    { ...account, account: "sim-3", health: { kind: "resting", until: NOON - 1, why: "noAnswerInTime" } },
    { ...account, account: "sim-4", health: { kind: "left", trouble: "locked", why: "accountLocked" } },
    { ...account, account: "sim-5", health: { kind: "active" } },
  );
  app.extend("spring", { resting: [{ account: "sim-5", trouble: "capped", until: NOON + DAY }] });
  app.extend("done", { resting: [{ account: "sim-1", trouble: "capped", until: NOON + DAY }] });
}

async function metric(name: string): Promise<readonly string[]> {
  const text = await (await ask("/metrics")).text();
  return text.split("\n").filter((line) => line.startsWith(name));
}

describe("the figures", () => {
  test("are those of the application, and every campaign's counts add up to its list", async () => {
    putCampaigns();
    const answer: unknown = await (await ask("/monitor.json")).json();
    const spring = await app.view("spring");
    expect(answer).toMatchObject({
      at: NOON,
      older: 1,
      campaigns: [
        { id: "spring", status: "running", counts: spring?.counts, imported: 100 },
        { id: "done", status: "finished", imported: 9 },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain("Hi");
    const { cards = [] } = await sectionIn("en", "campaigns");
    const counts = cards[0]?.progress?.stretches.map(({ count }) => count) ?? [];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(cards[0]?.progress).toMatchObject({ text: "68 of 100 done", percent: "68%" });
    const before = await sentTile();
    app.extend("spring", { amended: { takenBack: 5, mended: 0 } });
    expect(await sentTile()).toBe(before - 5);
    const after = (await sectionIn("en", "campaigns")).cards?.[0]?.progress?.stretches ?? [];
    expect(after.find(({ state }) => state === "takenBack")?.count).toBe(5);
    expect(after.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  });

  test("say which campaign's record can't be read, and go on telling of the others", async () => {
    putCampaigns();
    const view = app.view.bind(app);
    const error = new UnreadableRecordError("spring", { cause: new Error("line 8"), countsUntil: NOON });
    app.view = (id) => (id === "spring" ? Promise.reject(error) : view(id));
    expect(await (await ask("/monitor.json")).json()).toMatchObject({ unreadable: ["spring"] });
    for (const locale of locales) {
      const { cards = [] } = await sectionIn(locale, "campaigns");
      expect(cards.map(({ name }) => name)).toEqual(["spring", "done"]);
      expect(cards[0]?.lines[0]).toContain("peyk doctor");
    }
  });

  test("say which account rests and until when; a rest that is over is none", async () => {
    putCampaigns();
    putAccounts();
    const answer: unknown = await (await ask("/monitor.json")).json();
    const accounts = z
      .object({ accounts: z.array(z.looseObject({ health: z.string() })) })
      .parse(answer).accounts;
    expect(accounts.map(({ health }) => health)).toEqual(["active", "resting", "active", "locked", "capped"]);
    expect(accounts[4]).toMatchObject({ account: "sim-5", until: NOON + DAY });
    expect((await viewIn("en")).tiles.map(({ value }) => value)).toContain("2 of 5");
  });

  test("of a platform are not asked for: looking costs nothing there", async () => {
    app.accounts = () => Promise.reject(new Error("a platform was asked"));
    expect((await ask("/monitor.json")).status).toBe(200);
  });
});

describe.each(locales)("the page in %s", (locale) => {
  const words = createLexicon({ clock: createVirtualClock(NOON), timeZone: "Asia/Tehran" })[locale];

  test("is set in its direction and says with its empty places what to do in the chat", async () => {
    const html = await (await ask(`/monitor?lang=${locale}`)).text();
    expect(html).toContain(`<html lang="${locale}" dir="${locale === "fa" ? "rtl" : "ltr"}">`);
    const { sections } = await viewIn(locale);
    const empty = sections.map(({ key, empty: text }) => [key, text?.match(/\/\w+/)?.[0]]);
    expect(empty).toEqual([
      ["campaigns", "/new"],
      ["accounts", undefined],
      ["leads", "/collect"],
      ["kpis", "/collect"],
      ["sync", undefined],
    ]);
  });

  test("says the KPIs with the very figures of the chat", async () => {
    putLeads();
    const { tiles = [] } = await sectionIn(locale, "kpis");
    const chat = kpiLines(await app.leads.kpis(), words)
      .map(textOfHtml)
      .join("\n");
    const values = tiles.filter(({ value }) => !value.includes("coffee")).map(({ value }) => value);
    expect(values).toHaveLength(6);
    expect(values.filter((value) => !chat.includes(value))).toEqual([]);
    const { cards: [list] = [] } = await sectionIn(locale, "leads");
    expect(list?.progress?.percent).toBe(words.plain("monitor-percent", { percent: 40 }));
    expect(list?.lines).toContain(textOfHtml(words.say("collect-duplicates", { count: 10, percent: 20 })));
  });

  test("says how long the oldest uncertain one has been open", async () => {
    putCampaigns();
    const { cards: [spring] = [], foot } = await sectionIn(locale, "campaigns");
    expect(spring?.lines.join("\n")).toContain(words.duration(12 * MINUTE));
    expect(foot).toContain("/campaigns");
  });
});

test("a campaign that was cancelled says how many got the message, and is not done by that", async () => {
  app.put("stopped", { sent: 3, skipped: 97 }, { status: "cancelled", createdAt: NOON });
  const { cards = [] } = await sectionIn("en", "campaigns");
  expect(cards.find(({ name }) => name === "stopped")?.progress).toMatchObject({
    text: "3 of 100 sent",
    percent: "3%",
  });
});

test("Persian counts in its own digits and dates", async () => {
  putCampaigns();
  const view = await viewIn("fa");
  expect(view.updated).toContain("۱۵:۳۰");
  expect(JSON.stringify([view.tiles, view.sections.map(({ title, foot }) => [title, foot])])).not.toMatch(
    /\d/,
  );
});

test("health is good while the lease is held, and says the reason when it is not", async () => {
  expect([(await ask("/health")).status, await (await ask("/health")).json()]).toEqual([
    200,
    { status: "ok" },
  ]);
  lease = () => {
    throw new Error("Another Peyk took over data/lease.json. This one stops writing.");
  };
  const answer = await ask("/health");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    status: "failing",
    reason: "Another Peyk took over data/lease.json. This one stops writing.",
  });
});

test("metrics are the same figures, without names of campaigns, lists or people", async () => {
  putCampaigns();
  putAccounts();
  putLeads();
  Object.assign(app, { sync: createFakeSync({ kind: "off" }) });
  await app.sync.start(1);
  expect(await metric("peyk_recipients")).toContain('peyk_recipients{status="running",state="sent"} 50');
  expect(await metric("peyk_recipients")).toContain('peyk_recipients{status="finished",state="sent"} 9');
  expect(await metric("peyk_accounts")).toContain('peyk_accounts{health="locked"} 1');
  expect(await metric("peyk_accounts_resting")).toEqual(["peyk_accounts_resting 2"]);
  expect(await metric("peyk_oldest_uncertain_seconds")).toEqual(["peyk_oldest_uncertain_seconds 720"]);
  expect(await metric("peyk_leads")).toEqual(["peyk_leads 40"]);
  expect(await metric("peyk_lead_requests_exact")).toEqual(["peyk_lead_requests_exact 3"]);
  expect(await metric("peyk_sync_rounds")).toEqual(["peyk_sync_rounds 3"]);
  expect((await metric("peyk")).join("\n")).not.toMatch(/spring|sim-|coffee/);
});

test("health and metrics say when the copy fails, and name nobody by it", async () => {
  const loop = {
    successes: 3,
    retries: 1,
    failures: 1,
    lines: 5,
    optOuts: 0,
    intervalMs: 1000,
    breaker: "closed",
  };
  const why = { code: "pgError", sqlstate: "XX000" } as const;
  const standings = [
    [{ kind: "off" }, "ok", 0],
    [{ kind: "off", failed: why }, "degraded", 1],
    [{ kind: "on", intervalS: 1, loop }, "ok", 0],
    [{ kind: "on", intervalS: 1, loop: { ...loop, lastError: why } }, "degraded", 1],
  ] as const;
  for (const [status, health, failing] of standings) {
    Object.assign(app, { sync: { status: () => status } });
    const answer = await ask("/health");
    const text = await answer.text();
    expect([answer.status, JSON.parse(text)]).toMatchObject([200, { status: health }]);
    expect(text).not.toContain("spring");
    expect(await metric("peyk_sync_failing")).toEqual([`peyk_sync_failing ${failing}`]);
  }
});

test("metrics count what happens from the application's events, until they are disposed of", async () => {
  const event = { campaignId: "spring", at: NOON, username: "ali", account: "sim-1" };
  app.emit({ ...event, kind: "settled", state: "sent" });
  app.emit({ ...event, kind: "settled", state: "uncertain", why: "noAnswerInTime" });
  app.emit({ ...event, kind: "account", trouble: "capped" });
  app.leads.emit({
    list: "l",
    at: NOON,
    kind: "page",
    target: { source: "x", query: "q" },
    added: 1,
    duplicates: 0,
  });
  expect(await metric("peyk_attempts_total")).toEqual([
    'peyk_attempts_total{outcome="sent"} 1',
    'peyk_attempts_total{outcome="uncertain"} 1',
  ]);
  expect(await metric("peyk_faults_total")).toEqual([
    'peyk_faults_total{kind="uncertain"} 1',
    'peyk_faults_total{kind="capped"} 1',
  ]);
  expect(await metric("peyk_source_calls_total")).toEqual(['peyk_source_calls_total{answer="page"} 1']);
  web[Symbol.dispose]();
  app.emit({ ...event, kind: "settled", state: "sent" });
  expect(await metric('peyk_attempts_total{outcome="sent"}')).toEqual([
    'peyk_attempts_total{outcome="sent"} 1',
  ]);
});

test("stands beside the playground on its port", async () => {
  const playground = await open({ key: pageKey, beside: (request) => web.fetch(request) });
  expect(await (await fetch(`${playground.apiRoot}/health`)).json()).toEqual({ status: "ok" });
  expect(await (await fetch(playground.pageUrl)).text()).toContain('id="monitor"');
  const unknown = await fetch(`${playground.apiRoot}/monitor/none.js?key=${pageKey}`);
  expect(unknown.status).toBe(404);
});

test("only this computer is answered, and nothing here can be changed", async () => {
  for (const path of ["/monitor", "/monitor.json", "/monitor/view.json", "/health", "/metrics"])
    expect((await ask(path, { host: "evil.example" })).status).toBe(403);
  const url = "http://127.0.0.1:8787/monitor.json";
  const foreign = { host: "127.0.0.1:8787", origin: "https://evil.example" };
  expect((await web.fetch(new Request(url, { method: "POST", headers: foreign }))).status).toBe(403);
  const own = { host: "127.0.0.1:8787", authorization: `Bearer ${pageKey}` };
  expect((await web.fetch(new Request(url, { method: "POST", headers: own }))).status).toBe(404);
});

test("serves its own files and nothing beside them", async () => {
  for (const path of [
    "/monitor/monitor.js",
    "/monitor/monitor.css",
    "/shared/theme.css",
    "/shared/vazirmatn.woff2",
  ])
    expect((await ask(path)).status).toBe(200);
  for (const path of ["/monitor/..%2fplayground%2fmain.js", "/page/main.js", "/monitor/none.js"])
    expect((await ask(path)).status).toBe(404);
  expect((await ask("/monitor")).headers.get("content-security-policy")).toContain("default-src 'none'");
});
