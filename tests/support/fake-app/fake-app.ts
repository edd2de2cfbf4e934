/**
 * An application in memory for dialogues: campaigns stand where a test puts them and nothing is sent by itself. Lists
 * are read for real from text and from plain files, one name a line, so that a dialogue meets real reports.
 */
import { createEventHub } from "../../../src/app/event-hub.ts";
import { NewestEvents } from "../../../src/storage/files/events/newest-events.ts";
import { Readable } from "node:stream";
import { text as wholeText } from "node:stream/consumers";
import type { OpenSent } from "../../../src/app/drafts/draft-extras.ts";
import { openSentBy, readerOf } from "../../../src/composition/sent-lists.ts";
import type { SentElsewhere } from "../../../src/composition/stores/stores.ts";
import type { StoreWord } from "../../../src/app/health/store-watch.ts";
import type { AccountReport } from "../../../src/app/health/check-accounts.ts";
import type { ActionResult, App, CampaignView, UncertainCard } from "../../../src/app/app.ts";
import type { CampaignEvent } from "../../../src/domain/campaign-event.ts";
import type { ChannelChoice, Draft, Plan, TestSendResult } from "../../../src/app/drafts/draft.ts";
import { nameCampaign } from "../../../src/app/campaigns/campaign-id.ts";
import type { InvalidRow, ListProblem, ListReport, ListSource } from "../../../src/app/lists/list-report.ts";
import { checkMessage } from "../../../src/app/drafts/check-message.ts";
import { createStopTest, defaultStopWords } from "../../../src/domain/people/stop-words.ts";
import { createAudiences } from "../../../src/app/audiences/create-audiences.ts";
import type { AudienceListParts } from "../../../src/app/audiences/audience-list.ts";
import { audienceList } from "../../../src/app/audiences/audience-list.ts";
import { createMemoryAudiences, createMemoryTags } from "../memory-audiences.ts";
import { dayIn } from "../day-in.ts";
import { createGrowth } from "../../../src/app/growth/growth.ts";
import type { GrowthPicture } from "../../../src/app/growth/growth-picture.ts";
import { createSubscribers } from "../../../src/app/people/subscribers.ts";
import { createSuppress } from "../../../src/app/people/suppress.ts";
import type { Subscriber } from "../../../src/domain/people/subscriber.ts";
import { recipientNameOf } from "../../../src/domain/people/subscriber.ts";
import { parseTemplate, renderTemplate } from "../../../src/domain/template.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import { campaignKey } from "../../../src/domain/campaign.ts";
import type { WayOn } from "../../../src/domain/settings/after-look.ts";
import type { Counts } from "../../../src/domain/recipient.ts";
import { importedTotal } from "../../../src/domain/recipient.ts";
import type { ReportPicture } from "../../../src/app/report/report-picture.ts";
import type { Deliveries } from "../../../src/domain/report/attempts.ts";
import { forEachEnd } from "../../../src/domain/report/attempts.ts";
import type { Clock } from "../../../src/lib/clock.ts";
import type { FakeAmending } from "./fake-amending.ts";
import type { Team } from "../../../src/app/team/team.ts";
import { createHistoryLook } from "../../../src/app/history/look-at-history.ts";
import { createFakeAmending } from "./fake-amending.ts";
import type { FakeAnswers } from "./fake-answers.ts";
import { createFakeAnswers } from "./fake-answers.ts";
import { createFakeAdding } from "./fake-adding.ts";
import { createFakeChanging } from "./fake-changing.ts";
import { createFakeApproving } from "./fake-approving.ts";
import { createFakeScheduling } from "./fake-scheduling.ts";
import { createFakeWelcome } from "./fake-welcome.ts";
import { createFakeSync } from "./fake-sync.ts";
import { createInProcessReader } from "../../../src/lists/reader/in-process-reader.ts";
import { WebhookRunner } from "../../../src/app/hooks/webhook-runner.ts";
import { createWebhooks } from "../../../src/app/hooks/webhooks.ts";
import type { WebhookStore } from "../../../src/storage/ports/webhooks.ts";
import { createMemoryWebhooks } from "../memory-webhooks.ts";
import { createTokens } from "../../../src/app/hooks/tokens.ts";
import { createTakingRows } from "../../../src/app/lists/list-of-rows.ts";
import { createMemoryApiTokens } from "../memory-api-tokens.ts";
import { createMemoryListStore } from "../memory-list-store.ts";
import { createMemorySubscribers } from "../memory-subscribers.ts";
import { createMemorySuppression } from "../memory-suppression.ts";
import type { FakeLeads } from "./fake-leads.ts";
import type { Who } from "../../../src/app/people/who.ts";
import { soughtIn } from "../../../src/domain/people/sought.ts";
import { createFakeLeads } from "./fake-leads.ts";
import { readNames, rejectedRows } from "./fake-list.ts";

export interface Started {
  readonly draft: Draft;
  readonly consent: { readonly statement?: string; readonly by: string; readonly operatorId?: number };
}

export interface FakeApp extends App, FakeAnswers, FakeAmending {
  readonly leads: FakeLeads;
  /** Answers to the next imports, instead of reading the source. */
  readonly nextImports: (ListReport | ListProblem)[];
  readonly started: Started[];
  readonly tested: { readonly draft: Draft; readonly username: string }[];
  readonly resolved: string[];
  /** How campaigns were let go on. */
  /** Who was to be erased, and the chats that are to hear of it. */
  readonly erased: string[];
  readonly tell: number[];
  /** What a backup holds. */
  backupBytes: () => Iterable<string | Uint8Array>;
  readonly waysOn: (WayOn | "first" | "confirmed")[];
  readonly discarded: string[];
  /** Pictures of growth that were drawn. */
  readonly grown: GrowthPicture[];
  /** Lists that were thrown away behind everybody's back. */
  readonly lostLists: Set<string>;
  /** Who is told that what is kept is away, and back. */
  readonly storeListeners: Set<(word: StoreWord) => void>;
  /** Answers of {@link App.testSend}; by default sent. */
  testAnswer: (username: string) => Promise<TestSendResult>;
  channelChoices: ChannelChoice[];
  accountReports: AccountReport[];
  doubts: UncertainCard[];
  /** What is kept of a person, whoever is asked for; the do-not-send list is the app's own. */
  person: Partial<Omit<Who, "asked" | "suppressed">>;
  /** What plans say of other campaigns. */
  contacted: Plan["contacted"];
  /** What plans say of languages; absent: nothing. */
  languages?: Plan["languages"];
  /** Puts a campaign where a test wants it. */
  put(id: string, counts: Partial<Counts>, campaign?: Partial<Campaign>): void;
  /** Changes what is true of a campaign beside its counts. */
  extend(id: string, extra: Partial<CampaignView>): void;
  emit(event: CampaignEvent): void;
  readonly webhookStore: WebhookStore;
  readonly webhookRunner: WebhookRunner;
  /** What is at the other end of webhooks; by default it takes everything. */
  post: typeof fetch;
  /** Removes the files it wrote. */
  [Symbol.dispose](): void;
}

const noResults = { results: async () => undefined };
const whoAnswered = async () => new Map<string, number>();

const nobody: Counts = {
  planned: 0,
  claimed: 0,
  sent: 0,
  notFound: 0,
  refused: 0,
  failed: 0,
  uncertain: 0,
  skipped: 0,
};

const simulator: ChannelChoice = {
  name: "simulator",
  reachesPeople: false,
  maxMessageLength: 1000,
  accounts: ["sim-1", "sim-2", "sim-3"].map((name) => ({ name, caps: { perDay: 4 } })),
};

interface KeptNames {
  readonly names: readonly string[];
  readonly rejected: readonly InvalidRow[];
}

/** Creates the application. */
/** A team in which everybody may everything. */
const everybodyOwns: Team = {
  roleOf: () => "owner",
  members: () => [],
  needsApproval: () => false,
  give: async () => ({ ok: true }),
  take: async () => ({ ok: true }),
  requireApproval: async () => true,
};

/** @param elsewhere What operators sent, where that lies on no disk; absent: it does */
export function createFakeApp(clock: Clock, team: Team = everybodyOwns, elsewhere?: SentElsewhere): FakeApp {
  const openSent = openSentBy(elsewhere);
  const feed = new NewestEvents<CampaignEvent>();
  const events = createEventHub(feed, console.error);
  const webhookStore = createMemoryWebhooks();
  const posted: typeof fetch = (...asked) => app.post(...asked);
  const webhookRunner = new WebhookRunner({
    webhookStore,
    feed,
    clock,
    random: () => 0,
    log: console,
    fetch: posted,
  });
  const campaigns = new Map<string, Campaign>();
  const counts = new Map<string, Counts>();
  const extras = new Map<string, Partial<CampaignView>>();
  const lists = new Map<string, KeptNames>();
  const subscribers = createMemorySubscribers();
  const [audiences, tags] = [createMemoryAudiences(), createMemoryTags()];
  let listCount = 0;

  const emit = (event: CampaignEvent): void => events.emit(event);
  const change = (id: string, status: Campaign["status"], by?: string): void => {
    const campaign = campaigns.get(id);
    if (!campaign) return;
    const { pause: _pause, ...rest } = campaign;
    const extra =
      status === "paused"
        ? { pause: { kind: "operator" as const, ...(by === undefined ? {} : { by }) } }
        : {};
    campaigns.set(id, { ...rest, status, ...extra });
    emit({ campaignId: id, at: clock.now(), kind: "status", status });
  };
  const act = (
    id: string,
    from: readonly Campaign["status"][],
    to: Campaign["status"],
    by?: string,
  ): ActionResult => {
    const campaign = campaigns.get(id);
    if (!campaign) return { ok: false, problem: "unknownCampaign" };
    if (!from.includes(campaign.status)) return { ok: false, problem: "notNow" };
    change(id, to, by);
    return { ok: true };
  };
  const spellingsOf = (id: string): string[] =>
    [...campaigns.keys()].filter((one) => campaignKey(one) === campaignKey(id));
  const namesOf = (listId: string): readonly string[] => lists.get(listId)?.names ?? [];

  const app: FakeApp = {
    nextImports: [],
    started: [],
    tested: [],
    resolved: [],
    waysOn: [],
    erased: [],
    tell: [],
    backupBytes: () => ["all of it"],
    discarded: [],
    grown: [],
    storeListeners: new Set(),
    lostLists: new Set(),
    channelChoices: [simulator],
    accountReports: [],
    doubts: [],
    person: {},
    contacted: { days: 30, count: 0, by: [] },
    testAnswer: async (username) => ({ kind: "sent", username, messageId: "m1" }),
    put(id, some, campaign = {}) {
      campaigns.set(id, { ...blank(id, clock.now()), ...campaigns.get(id), ...campaign });
      counts.set(id, { ...nobody, ...some });
    },
    extend: (id, extra) => void extras.set(id, { ...extras.get(id), ...extra }),
    emit,
    sync: createFakeSync(),
    feed,
    post: async () => new Response(),
    webhooks: createWebhooks({ webhookStore, webhookRunner, feed, clock }),
    webhookStore,
    webhookRunner,
    tokens: createTokens({ apiTokens: createMemoryApiTokens(), clock }),
    ...createTakingRows({ lists: createMemoryListStore() }),
    ...createFakeAmending(),
    ...createFakeScheduling({ clock, campaigns }),
    ...createFakeApproving(campaigns),
    ...createFakeAdding({ clock, campaigns, counts, namesOf: (listId) => lists.get(listId)?.names }),
    ...createFakeChanging({ clock, campaigns, countsOf: (id) => counts.get(id) ?? nobody }),
    nameCampaign: (given) => nameCampaign({ spellings: async (id) => spellingsOf(id) }, given),
    newCampaignId: async () => `task_20260101_00000${campaigns.size}`,
    async importList({ source, campaignId }) {
      const prepared = app.nextImports.shift();
      if (prepared) return prepared;
      const { text, origin } = await textOf(source, { openSent, subscribers, audiences, tags, whoAnswered });
      const { report, names } = readNames(text, origin, `list-${(listCount += 1)}`);
      const sent = campaigns.has(campaignId) ? Math.min(counts.get(campaignId)?.sent ?? 0, names.length) : 0;
      if (names.length === 0) {
        const { read, firstInvalid } = report;
        if (read === 0) return { kind: "problem", problem: "empty" };
        return { kind: "problem", problem: "noUsableName", read, firstInvalid };
      }
      lists.set(report.listId, { names, rejected: report.firstInvalid });
      return { ...report, alreadySent: sent };
    },
    async rejectedRows(listId, words) {
      const rejected = lists.get(listId)?.rejected ?? [];
      return rejected.length > 0 ? rejectedRows(rejected, words) : undefined;
    },
    hasList: async (listId) => !app.lostLists.has(listId),
    discardList: async (listId) => void app.discarded.push(listId),
    channels: async () => app.channelChoices,
    accounts: async () => app.accountReports,
    workers: async () => undefined,
    watchStore(listener) {
      app.storeListeners.add(listener);
      return () => void app.storeListeners.delete(listener);
    },
    accountHealth: async () => app.accountReports.map(({ check: _check, ...known }) => known),
    checkMessage,
    async plan(draft) {
      const accounts = draft.accounts.map(({ name, caps }) => ({ name, caps, usedToday: 0 }));
      const isLeftOut = draft.notWithinDays !== undefined;
      const leftOut = isLeftOut ? app.contacted.count : 0;
      const toSend = namesOf(draft.listId).length - leftOut;
      const room = accounts.reduce((sum, { caps }) => sum + (caps.perDay ?? Infinity), 0);
      const days = Math.max(1, Math.ceil(toSend / room));
      return {
        toSend,
        added: toSend,
        corrected: 0,
        tooLong: { count: 0, names: [] },
        empty: { count: 0, names: [] },
        alreadySent: 0,
        suppressed: 0,
        contactedLately: leftOut,
        otherCampaign: 0,
        contacted: isLeftOut ? { days: 30, count: 0, by: [] } : app.contacted,
        accounts,
        ...(app.languages ? { languages: app.languages } : {}),
        days,
        finishesAt: clock.now() + days * 3_600_000,
      };
    },
    async preview(draft) {
      const parsed = parseTemplate(draft.message);
      return namesOf(draft.listId)
        .slice(0, 3)
        .map((username) => ({
          username,
          text: parsed.ok ? renderTemplate(parsed.template, { username, variables: {} }) : "",
        }));
    },
    testSend(draft, username) {
      app.tested.push({ draft, username });
      return app.testAnswer(username);
    },
    async start(draft, consent) {
      const there = await app.existing(draft.campaignId);
      const { terms } = draft;
      if (there && terms?.kind === "new")
        return { ok: false, problem: "exists", campaign: there, differs: [] };
      if (there && terms?.kind === "goOn" && terms.revision !== there.revision)
        return { ok: false, problem: "changed", campaign: there, differs: [] };
      if (!lists.has(draft.listId)) return { ok: false, problem: "notNow" };
      app.started.push({ draft, consent });
      const planned = namesOf(draft.listId).length;
      lists.delete(draft.listId);
      if (there?.pausedBy !== undefined) {
        app.put(draft.campaignId, { ...counts.get(draft.campaignId), planned: there.left + planned });
        return { ok: true, added: planned, corrected: 0, pausedBy: there.pausedBy };
      }
      const by = consent.operatorId === undefined ? {} : { createdBy: consent.operatorId };
      const given = { channel: draft.channel, accounts: draft.accounts, message: draft.message };
      const { statement } = consent;
      const said = statement === undefined ? {} : { consent: { statement, by: consent.by, at: clock.now() } };
      app.put(draft.campaignId, { planned }, { ...by, ...given, ...said });
      emit({ campaignId: draft.campaignId, at: clock.now(), kind: "noCheckpoint" });
      emit({ campaignId: draft.campaignId, at: clock.now(), kind: "status", status: "running" });
      return { ok: true, added: planned, corrected: 0 };
    },
    async againGroups(id) {
      const now = counts.get(id);
      if (!now) return undefined;
      const { failed, notFound, uncertain, planned } = now;
      return { everyone: importedTotal(now), failed, notFound, uncertain, neverTried: planned };
    },
    attachment: (_id, { path, name }) => (path === undefined ? contentOf(name) : openSent(path)),
    async existing(id) {
      const campaign = campaigns.get(id);
      if (!campaign) return undefined;
      const { channel, message, extras: beside, accounts, consent, status, pause, revision = 0 } = campaign;
      const now = counts.get(id) ?? nobody;
      return {
        id,
        channel,
        message,
        ...(beside ? { extras: beside } : {}),
        accounts,
        consent,
        status,
        revision,
        columns: [],
        ...(pause?.kind === "operator" ? { pausedBy: pause.by ?? "" } : {}),
        sent: now.sent,
        left: now.planned + now.claimed + now.failed,
        total: importedTotal(now),
      };
    },
    campaigns: async () => [...campaigns.values()],
    async view(id) {
      const campaign = campaigns.get(id);
      if (!campaign) return undefined;
      const now = counts.get(id) ?? nobody;
      return {
        campaign,
        counts: now,
        imported: importedTotal(now),
        ratePerSecond: 0,
        resting: [],
        ...extras.get(id),
      };
    },
    pause: async (id, by) => act(id, ["running"], "paused", by),
    async cancelFollowUps(id, by) {
      const campaign = campaigns.get(id);
      if (!campaign) return { ok: false, problem: "unknownCampaign" };
      if (!campaign.followUps || campaign.followUpsCancelled) return { ok: false, problem: "nothingToDo" };
      campaigns.set(id, { ...campaign, followUpsCancelled: { by, at: clock.now() } });
      return { ok: true };
    },
    async goFirst(id) {
      app.waysOn.push("first");
      return campaigns.has(id) ? { ok: true } : { ok: false, problem: "unknownCampaign" };
    },
    async resume(id, _by, way = "all") {
      const result = act(id, ["paused"], "running");
      if (result.ok) app.waysOn.push(way);
      return result;
    },
    async confirmRestored(id) {
      if (!campaigns.get(id)?.restored) return { ok: false, problem: "notNow" };
      app.waysOn.push("confirmed");
      return act(id, ["paused"], "running");
    },
    cancel: async (id) => act(id, ["running", "paused"], "cancelled"),
    async retryFailed(id) {
      if ((counts.get(id)?.failed ?? 0) === 0) return { ok: false, problem: "nothingToDo" };
      app.put(id, { ...counts.get(id), failed: 0, planned: counts.get(id)?.failed ?? 0 });
      change(id, "running");
      return { ok: true };
    },
    uncertain: async () => app.doubts,
    async who(text) {
      const sought = soughtIn(text);
      if (!sought.ok) return sought;
      const { people = [], leads = [], wrote = [], unknown = [] } = app.person;
      const names = [...sought.names, ...people.flatMap(({ name, formerly }) => [name, ...formerly])];
      const suppressed = (await app.suppress.list()).filter(({ username }) => names.includes(username));
      const tagged = await tags.of(names);
      const found = { people, leads, wrote, unknown, suppressed, tags: tagged };
      return { ok: true, who: { asked: sought.text, ...found } };
    },
    async resolve(id, username, decision) {
      if (!app.doubts.some((one) => one.username === username)) return "notUncertain";
      app.resolved.push(`${id} ${username} ${decision}`);
      if (decision === "check") return "uncertain";
      app.doubts = app.doubts.filter((one) => one.username !== username);
      return stateAfter[decision];
    },
    async resolveAll(id, { decision, claims }) {
      const meant = app.doubts.filter(({ claim }) => claims.includes(claim));
      app.resolved.push(`${id} ${meant.map(({ username }) => username).join()} ${decision}`);
      app.doubts = app.doubts.filter((one) => !meant.includes(one));
      return { decided: meant.length, left: claims.length - meant.length };
    },
    async erase(text, { chatId }) {
      app.erased.push(text);
      if (chatId !== undefined) app.tell.push(chatId);
      return { ok: true };
    },
    erasedToTell: async () => [...app.tell],
    async toldErased(chatId) {
      app.tell.splice(app.tell.indexOf(chatId), 1);
    },
    exportPerson: async (text) => ({ name: `${text}-person.json`, open: () => ["{}"] }),
    backup: async () => ({ name: "peyk-backup-20261130.tar.gz", open: () => app.backupBytes() }),
    async exportResults(id, words, format = "csv") {
      if (!campaigns.has(id)) return undefined;
      const text = `${words.headings.join(",")}\nali,${words.state("sent")}\n`;
      return { name: `${id}-results.${format}`, open: () => [text] };
    },
    results: async () => undefined,
    async report(id) {
      const view = await app.view(id);
      return view && { view, deliveries: fakeDeliveries(view.counts, clock.now()) };
    },
    async drawReport(id, words) {
      const report = await app.report(id);
      return report && onePixel(words(report));
    },
    honourCheckpoint: async () => ({ kind: "problem", problem: "noFile" }),
    ...createFakeAnswers({ clock, subscribers, campaigns, emit }),
    subscribers: createSubscribers({ subscribers, clock, isStop: createStopTest(defaultStopWords) }),
    growth: createGrowth({
      subscribers,
      dayOf: dayIn("UTC"),
      now: () => clock.now(),
      drawGrowth: async (picture) => {
        app.grown.push(picture);
        return onePixel();
      },
    }),
    welcome: createFakeWelcome({
      now: () => clock.now(),
      campaigns,
      countsOf: (id) => counts.get(id) ?? nobody,
      put: (id, campaign) => app.put(id, counts.get(id) ?? {}, campaign),
      channels: () => app.channelChoices,
    }),
    audiences: createAudiences({
      whoAnswered,
      audiences,
      tags,
      subscribers,
      clock,
      campaigns: { all: async () => [...campaigns.values()] },
      reads: noResults,
      lists: {
        async get(listId) {
          const count = lists.get(listId)?.names.length;
          return count === undefined ? undefined : { listId, count, columns: [] };
        },
        async *rows(listId) {
          for (const username of namesOf(listId)) yield { username, values: [] };
        },
      },
    }),
    suppress: createSuppress({
      suppression: createMemorySuppression(),
      lists: createMemoryListStore(),
      reader: readerOf(createInProcessReader(), elsewhere),
      clock,
    }),
    leads: createFakeLeads(clock),
    cleanup: async (id) => (campaigns.has(id) ? { ok: true } : { ok: false, problem: "unknownCampaign" }),
    [Symbol.dispose]() {
      app.leads[Symbol.dispose]();
    },
    watch: (listener, after) => events.watch(listener, after),
    team,
    as: (_, work) => work(),
    takingOut: { begun: async () => 1, ended: async () => undefined },
    history: createHistoryLook({
      entries: async () => [],
      state: async () => ({ kind: "whole", count: 0, seal: "" }),
    }),
  };
  return app;
}

async function textOf(
  source: ListSource,
  { openSent, ...parts }: Omit<AudienceListParts, "reads"> & { readonly openSent: OpenSent },
): Promise<{ text: string; origin: string }> {
  switch (source.kind) {
    case "text":
      return { text: source.text, origin: "pasted" };
    case "file":
      return { text: await wholeText(Readable.from(openSent(source.path))), origin: source.name };
    case "campaign":
      return { text: `${source.group}_one\n${source.group}_two`, origin: `campaign:${source.id}` };
    case "leads":
      return { text: "lead_one\nlead_two", origin: `leads:${source.list}` };
    case "audience": {
      const list = await audienceList({ ...parts, reads: noResults }, source.name);
      const names: string[] = [];
      for await (const batch of list?.rows ?? []) names.push(...batch.map(({ cells: [name = ""] }) => name));
      const origin = `${source.isSubscribers ? "subscribers@" : "audience:"}${source.name}`;
      return { text: names.join("\n"), origin };
    }
    case "subscribers": {
      const meant: Subscriber[] = [];
      for await (const one of parts.subscribers.all())
        if (one.state === "active" && (source.source ?? one.source) === one.source) meant.push(one);
      const origin = source.source === undefined ? "subscribers" : `subscribers:${source.source}`;
      return { text: meant.map(recipientNameOf).join("\n"), origin };
    }
  }
}

/** A picture of one point that has nothing to do with what it is to show. */
function onePixel(_picture?: ReportPicture): Uint8Array {
  const base64 =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
  return Uint8Array.from(Buffer.from(base64, "base64"));
}

/** All that is settled was done just now, by one account. */
function fakeDeliveries(counts: Counts, now: number): Deliveries {
  const ends = forEachEnd((end) => counts[end]);
  return { from: now, stretchMs: 1000, stretches: [ends], accounts: [{ name: "sim-1", counts: ends }] };
}

const stateAfter = { sent: "sent", again: "planned", skip: "skipped" } as const;

function blank(id: string, now: number): Campaign {
  return {
    id,
    createdAt: now,
    channel: "simulator",
    accounts: simulator.accounts,
    message: "Hi",
    lists: [],
    consent: { statement: "simulated", by: "test", at: now },
    status: "running",
  };
}

/** What a campaign's own file has in it. */
async function* contentOf(name: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(`the content of ${name}`);
}
