/** The interface for other programs, asked without a port: each request and each answer is held to the OpenAPI document. */
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Core } from "../../src/composition/core-order.ts";
import { openCore } from "../../src/composition/core.ts";
import type { Config } from "../../src/config.ts";
import { readConfig } from "../../src/config.ts";
import { newApiToken, tokenHash } from "../../src/lib/api-token.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { newPageKey } from "../../src/lib/pages/page-key.ts";
import { acceptedLocale } from "../../src/web/api/language.ts";
import { openApi } from "../../src/web/api/openapi.ts";
import type { Web } from "../../src/web/web.ts";
import { createWeb } from "../../src/web/web.ts";
import type { Call } from "../support/api-caller.ts";
import { createCaller } from "../support/api-caller.ts";
import { createFakeApp } from "../support/fake-app/fake-app.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { ownStore, isOnPostgres } from "../support/own-store.ts";
import { middayZone } from "../support/midday.ts";

let folder: string;
let config: Config;
let core: Core;
let web: Web;
let call: Call;
const token = newApiToken();
const pages = {
  timeZone: "UTC",
  defaultLocale: "en",
  hasChat: false,
  key: newPageKey(),
  withProcessMetrics: false,
} as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-api-"));
  const simulator = {
    shares: Object.fromEntries(
      ["notFound", "refuses", "slow", "flaky", "throttled", "timeoutDelivered", "timeoutLost"].map((one) => [
        one,
        0,
      ]),
    ),
    latencyMs: { min: 0, max: 0 },
  };
  await writeFile(join(folder, "simulator.json"), JSON.stringify({ version: 1, value: simulator }));
  const webhookFile = join(folder, "gateway.json");
  const gateway = {
    url: "http://127.0.0.1:1/",
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    keepsKeys: true,
    mayBeNear: true,
    accounts: [{ name: "sms" }],
  };
  await writeFile(webhookFile, JSON.stringify(gateway), { mode: 0o600 });
  const read = readConfig({
    DATA_DIR: folder,
    TIME_ZONE: middayZone(),
    WEBHOOK_FILE: webhookFile,
    ...(await ownStore()),
  });
  if (!read.ok) throw new Error("the settings are wrong");
  config = read.config;
  core = await openCore(config, { error: () => undefined });
  await core.recover();
  web = createWeb({ ...pages, app: core.app, clock: systemClock, assertHeld: core.beforeWrite });
  call = createCaller(openApi(), (request) => web.fetch(request));
});

afterAll(async () => {
  web[Symbol.dispose]();
  await core.close();
  await rm(folder, { recursive: true });
});

const mine = { authorization: `Bearer ${token}` };
const ask: Call = (method, path, calling) =>
  call(method, path, { ...calling, headers: { ...mine, ...calling?.headers } });

const three = {
  channel: "simulator",
  message: "Hello {{city|there}}",
  recipients: ["@ali_1", { username: "sara_2", city: "Rasht" }, { username: "nima_3", city: null }],
};

test("is what OpenAPI 3.1 calls a document, and open to read", async () => {
  const validator = new Validator();
  const served = await call("GET", "/api/openapi.json");
  expect(served.body).toEqual(openApi());
  expect(await validator.validate(served.body)).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test("is off until a token was made, and lets nobody in without one", async () => {
  expect((await ask("GET", "/api/campaigns")).body).toMatchObject({ status: 404, code: "off" });
  expect(await core.app.tokens.add({ name: "shop", hash: tokenHash(token) }, "1001")).toEqual({ ok: true });
  expect((await ask("GET", "/api/campaigns")).body).toEqual({ campaigns: [] });
  for (const authorization of [
    "",
    "Bearer",
    `Bearer ${newApiToken()}`,
    `Basic ${token}`,
    `Bearer ${token}x`,
  ]) {
    const refused = await call("PUT", "/api/campaigns/spring", { body: three, headers: { authorization } });
    expect(refused.body).toMatchObject({ status: 401, code: "noToken" });
    expect(refused.headers.get("www-authenticate")).toContain("Bearer");
  }
});

test("lets no web page in, whatever it knows", async () => {
  const stranger = { ...mine, host: "evil.example" };
  expect((await call("GET", "/api/campaigns", { headers: stranger })).body).toMatchObject({
    code: "foreign",
  });
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "http://127.0.0.1:9" },
    { "sec-fetch-site": "same-site" },
  ])
    expect((await ask("PUT", "/api/campaigns/evil", { body: three, headers })).body).toMatchObject({
      status: 403,
      code: "foreign",
    });
  const inPersian = { ...stranger, "accept-language": "fa" };
  const refused = await call("GET", "/api/campaigns", { headers: inPersian });
  expect([refused.headers.get("content-language"), refused.body.detail]).toEqual([
    "fa",
    expect.stringMatching(/[آ-ی]/),
  ]);
  const preflight = await ask("OPTIONS", "/api/campaigns/evil", { headers: { origin: "http://127.0.0.1" } });
  expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
  const form = { body: "a=b", isWrong: true, headers: { "content-type": "text/plain" } } as const;
  expect((await ask("PUT", "/api/campaigns/evil", form)).body).toMatchObject({ status: 415 });
  expect(await core.app.campaigns()).toEqual([]);
});

test.skipIf(isOnPostgres())("plans without sending or keeping anything", async () => {
  const before = await readdir(join(folder, "lists"));
  const recipients = [...three.recipients, "@ALI_1", "not a name"];
  const { status, body } = await ask("POST", "/api/campaigns/spring/plan", {
    body: { ...three, recipients },
  });
  expect([status, body.toSend, body.duplicates]).toEqual([200, 3, 1]);
  expect(body.invalid).toEqual([{ row: 5, text: "not a name", reason: "spaces" }]);
  expect(body.preview.map(({ text }: { text: string }) => text)).toEqual([
    "Hello there",
    "Hello Rasht",
    "Hello there",
  ]);
  expect(await readdir(join(folder, "lists"))).toEqual(before);
  expect(await core.app.campaigns()).toEqual([]);
});

test("starts once however often the same is asked for, and refuses something else under the same id", async () => {
  const put = (body: object) => ask("PUT", "/api/campaigns/spring", { body });
  const all = await Promise.all([put(three), put(three), put(three)]);
  expect(all.map(({ status }) => `${status}`).toSorted()).toEqual(["200", "200", "201"]);
  const { recipients, ...rest } = three;
  expect((await put({ recipients, ...rest })).status).toBe(200);
  const other = await put({ ...three, message: "Something else" });
  expect(other.body).toMatchObject({ status: 409, code: "otherRequest" });
  expect((await ask("PUT", "/api/campaigns/SPRING", { body: three })).body.campaign.id).toBe("spring");
  const { campaign } = (await core.app.view("spring"))!;
  expect([campaign.consent.by, campaign.lists.length]).toEqual(["shop", 1]);
});

test("of two who want one id for different people at the same moment, one gets it and writes to its own", async () => {
  const wanted = ["ali_8", "sara_9"].map((name) => ({
    ...three,
    message: "Hello",
    recipients: [name, "x_1"],
  }));
  const all = await Promise.all(wanted.map((body) => ask("PUT", "/api/campaigns/duel", { body })));
  expect(all.map(({ status }) => `${status}`).toSorted()).toEqual(["201", "409"]);
  const won = wanted[all.findIndex(({ status }) => status === 201)]!;
  const { body: lines } = await ask("GET", "/api/campaigns/duel/results");
  expect(lines.map((line: { username: string }) => line.username)).toEqual(won.recipients);
});

test("tells by number what happens, and the results line by line", async () => {
  const heard: { type: string; data: { campaign: string; recipient?: string } }[] = [];
  let next = 0;
  const ended = () => heard.filter(({ type }) => type === "campaign.finished").length;
  while (ended() < 2) {
    const { body } = await ask("GET", `/api/events?after=${next}&wait=30`);
    heard.push(...body.events);
    next = body.next;
  }
  const sent = heard
    .filter(({ type, data }) => type === "recipient.sent" && data.campaign === "spring")
    .map(({ data }) => `${data.recipient}`);
  expect(sent.toSorted()).toEqual(["ali_1", "nima_3", "sara_2"]);
  expect((await ask("GET", `/api/events?after=${next}`)).body).toEqual({ events: [], next, hasGap: false });
  expect((await ask("GET", `/api/events?after=${Number.MAX_SAFE_INTEGER}`)).body.next).toBe(next);
  expect((await ask("GET", `/api/events?wait=31`)).body).toMatchObject({ code: "badQuery" });
  const { body: lines } = await ask("GET", "/api/campaigns/spring/results");
  expect(lines.map((line: { username: string; state: string }) => [line.username, line.state])).toEqual([
    ["ali_1", "sent"],
    ["sara_2", "sent"],
    ["nima_3", "sent"],
  ]);
  expect((await ask("GET", "/api/campaigns/spring")).body).toMatchObject({ status: "finished", total: 3 });
});

test("pauses, goes on and cancels in the token's name, and a second time it is so already", async () => {
  const recipients = Array.from({ length: 200 }, (_, index) => `@person_${index}`);
  const body = { ...three, message: "Hello", recipients };
  expect((await ask("PUT", "/api/campaigns/long", { body })).status).toBe(201);
  for (const [deed, status] of [
    ["pause", "paused"],
    ["pause", "paused"],
    ["resume", "running"],
    ["resume", "running"],
    ["cancel", "cancelled"],
    ["cancel", "cancelled"],
  ])
    expect((await ask("POST", `/api/campaigns/long/${deed}`)).body).toMatchObject({ id: "long", status });
  const late = { ...body, startAt: "2999-01-01T10:00:00Z" };
  expect((await ask("PUT", "/api/campaigns/late", { body: late })).status).toBe(201);
  // A refusal says how the campaign stands, and what to do.
  for (const [id, detail] of [
    ["long", "long was cancelled, for good."],
    ["late", "late waits for its start. Until then it can only be cancelled."],
  ] as const)
    expect((await ask("POST", `/api/campaigns/${id}/resume`)).body).toMatchObject({
      code: "notNow",
      detail: expect.stringContaining(detail),
    });
  for (const deed of ["pause", "resume", "cancel", "retry", "retry"])
    expect((await ask("POST", `/api/campaigns/spring/${deed}`)).body).toMatchObject({ status: "finished" });
  expect((await ask("POST", "/api/campaigns/nothing/pause")).body).toMatchObject({ code: "unknownCampaign" });
  const { deeds = [] } = (await core.app.view("long"))!.campaign;
  expect(new Set(deeds.map(({ by }) => by))).toEqual(new Set(["shop"]));
  const recorded = await core.app.history.deeds({ campaign: "long" });
  expect(recorded.map(({ deed }) => deed)).toEqual(
    expect.arrayContaining(["start", "pause", "resume", "cancel"]),
  );
  for (const { by } of recorded) expect(by).toEqual({ kind: "http", name: "shop" });
});

test("starts at a moment, and in hours given as people type them, and says both", async () => {
  const at = new Date(Date.now() + 24 * 3_600_000);
  const later = {
    ...three,
    message: "Hello",
    startAt: at.toISOString().replace("Z", "+00:00"),
    window: "mon-fri 9:00-18:00",
  };
  const { body } = await ask("PUT", "/api/campaigns/later", { body: later });
  expect(body.campaign).toMatchObject({ status: "scheduled", startsAt: at.toISOString() });
  expect(body.campaign.window).toContain("09:00");
  expect((await ask("PUT", "/api/campaigns/later", { body: later })).status).toBe(200);
  const over = { ...later, startAt: "2026-01-01T10:00:00Z" };
  expect((await ask("PUT", "/api/campaigns/over", { body: over })).body).toMatchObject({ code: "past" });
  expect((await ask("POST", "/api/campaigns/later/cancel")).body).toMatchObject({ status: "cancelled" });
});

test("puts on the do-not-send list and takes off, however the name is spelled", async () => {
  const put = await ask("PUT", "/api/suppressed/%40Reza", { body: { reason: "complaint", note: "by mail" } });
  expect(put.body).toEqual({ username: "reza", isSuppressed: true, changed: true });
  expect((await ask("PUT", "/api/suppressed/omid")).body).toMatchObject({ username: "omid", changed: true });
  const { body: lines } = await ask("GET", "/api/suppressed");
  expect(
    lines.map((one: { username: string; reason: string }) => `${one.username} ${one.reason}`).toSorted(),
  ).toEqual(["omid blocked", "reza complaint"]);
  const plan = await ask("POST", "/api/campaigns/x/plan", {
    body: { ...three, message: "Hello", recipients: ["reza", "ali_9"] },
  });
  expect(plan.body).toMatchObject({ toSend: 1, suppressed: 1 });
  expect((await ask("DELETE", "/api/suppressed/REZA")).body).toMatchObject({
    isSuppressed: false,
    changed: true,
  });
  expect((await ask("DELETE", "/api/suppressed/reza")).body).toMatchObject({ changed: false });
  expect((await ask("DELETE", "/api/suppressed/a%20b")).body).toMatchObject({ status: 422, code: "noName" });
});

test("takes an audience that is kept under a name", async () => {
  const list = { columns: ["city"], rows: [["kept_1", "Rasht"] as const, ["kept_2", ""] as const] };
  await core.app.audiences.keep({ name: "regulars", list, origin: "a file", ask: "1" });
  const body = { ...three, recipients: { audience: "regulars" } };
  const plan = await ask("POST", "/api/campaigns/x/plan", { body });
  expect(plan.body).toMatchObject({ toSend: 2, preview: [{ text: "Hello Rasht" }, { text: "Hello there" }] });
});

test("writes to nobody real without a word on their consent", async () => {
  const body = { ...three, channel: "webhook", message: "Hello" };
  expect((await ask("PUT", "/api/campaigns/real", { body })).body).toMatchObject({
    status: 422,
    code: "needsConsent",
  });
  expect(await core.app.view("real")).toBeUndefined();
  const blank = await ask("PUT", "/api/campaigns/real", { body: { ...body, consent: " " }, isWrong: true });
  expect(blank.body).toMatchObject({ code: "fields", errors: [{ at: "/consent" }] });
});

test.each([
  [{ ...three, channel: "pigeon" }, "noChannel"],
  [{ ...three, accounts: ["nobody"] }, "unknownAccount"],
  [{ ...three, recipients: ["a b"] }, "nobody"],
  [{ ...three, recipients: [{ username: "ali_1", "": "x" }] }, "column"],
  [{ ...three, recipients: { leads: "none" } }, "noList"],
  [{ ...three, recipients: { audience: "none" } }, "noList"],
  [{ ...three, window: "when I say so" }, "window"],
  [{ ...three, message: "Hello {{town}}" }, "message"],
  [{ ...three, message: "Hello {{" }, "message"],
  [{ ...three, message: "x".repeat(99_999) }, "message"],
])("says in both languages what is wrong with %j", async (body, code) => {
  const said = async (language: string) => {
    const headers = { "accept-language": language };
    const answer = await ask("PUT", "/api/campaigns/wrong", { body, headers });
    expect([answer.body.code, answer.headers.get("content-language")]).toEqual([code, language.slice(0, 2)]);
    return [
      answer.body.title,
      answer.body.detail,
      ...(answer.body.errors ?? []).map((one: { detail: string }) => one.detail),
    ];
  };
  const [english, persian] = [await said("en"), await said("fa-IR, en;q=0.5")];
  for (const sentence of persian) expect(sentence).toMatch(/[آ-ی]/);
  for (const sentence of [...persian, ...english]) expect(sentence).not.toMatch(/[\u2066-\u2069]/);
  for (const sentence of english) expect(sentence).not.toMatch(/[آ-ی]|\{ |(?:api|cli)-/);
});

test("names each part of a body that is not as described", async () => {
  const { body } = await ask("PUT", "/api/campaigns/wrong", {
    body: { channel: 7, recipients: [], extra: 1 },
    isWrong: true,
  });
  expect(body.errors.map(({ at }: { at: string }) => at).toSorted()).toEqual([
    "/channel",
    "/extra",
    "/message",
    "/recipients",
  ]);
  const recipients = [...Array.from({ length: 700 }, (_, index) => `p_${index}`), 7];
  const late = await ask("PUT", "/api/campaigns/wrong", { body: { ...three, recipients }, isWrong: true });
  expect(late.body.errors).toMatchObject([{ at: "/recipients/700" }]);
  expect((await ask("PUT", "/api/campaigns/wrong", { body: "{", isWrong: true })).body.code).toBe("notJson");
  expect((await ask("PUT", "/api/campaigns/..", { body: three })).status).toBe(404);
  expect((await ask("PUT", "/api/campaigns/con", { body: three })).body.code).toBe("taskId");
  expect((await ask("GET", "/api/nothing")).body.code).toBe("noSuchPath");
  const tooLarge = { ...three, message: "x".repeat(33 << 20) };
  expect((await ask("PUT", "/api/campaigns/wrong", { body: tooLarge, isWrong: true })).body.code).toBe(
    "tooLarge",
  );
});

test("answers a token so often and no more, and strangers less", async () => {
  const clock = createVirtualClock();
  const app = createFakeApp(clock);
  using still = createWeb({ ...pages, app, clock, assertHeld: () => undefined });
  const other = createCaller(openApi(), (request) => still.fetch(request));
  for (const name of ["busy", "calm"]) await app.tokens.add({ name, hash: tokenHash(name) }, "1001");
  const get = async (name: string) =>
    other("GET", "/api/channels", { headers: { authorization: `Bearer ${name}` } });
  const asking = async (name: string, times: number) => {
    let answered = 0;
    for (let time = 0; time < times; time++) if ((await get(name)).status !== 429) answered++;
    return answered;
  };
  expect([await asking("busy", 110), await asking("stranger", 30)]).toEqual([100, 20]);
  expect(Number((await get("busy")).headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await get("calm")).status).toBe(200);
  await clock.advance(1000);
  expect([await asking("busy", 25), await asking("stranger", 5)]).toEqual([20, 1]);
  app[Symbol.dispose]();
});

test("after a restart the same body is still the same campaign", async () => {
  await core.close();
  core = await openCore(config, { error: () => undefined });
  await core.recover();
  const again = createWeb({ ...pages, app: core.app, clock: systemClock, assertHeld: core.beforeWrite });
  web[Symbol.dispose]();
  web = again;
  const { status, body } = await ask("PUT", "/api/campaigns/spring", { body: three });
  expect([status, body.campaign.total]).toEqual([200, 3]);
  const other = await ask("PUT", "/api/campaigns/spring", { body: { ...three, recipients: ["@ali_1"] } });
  expect(other.body.code).toBe("otherRequest");
});

test.skipIf(isOnPostgres())(
  "keeps no token anywhere, only for its own user, and forgets a revoked one at once",
  async () => {
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      expect([path, (await readFile(path, "latin1")).includes(token)]).toEqual([path, false]);
    }
    expect((await stat(join(folder, "api-tokens.json"))).mode & 0o077).toBe(0);
    expect(await core.app.tokens.revoke("shop")).toBe(true);
    expect((await ask("GET", "/api/channels")).status).not.toBe(200);
  },
);

test("takes the language that is wanted most of those there are", () => {
  expect(acceptedLocale("de, en;q=0.2, fa-IR;q=0.8")).toBe("fa");
  expect(acceptedLocale("fa;q=0, en")).toBe("en");
  for (const none of [undefined, "", "*", "de"]) expect(acceptedLocale(none)).toBeUndefined();
});
