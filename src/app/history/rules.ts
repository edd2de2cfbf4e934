/**
 * What of all that can be asked of Peyk is recorded in the history, and as what. Whatever is new needs a rule here: without
 * one it is not compiled, and a test fails.
 */
import { isErased } from "../../domain/people/answer.ts";
import type { App } from "../app.ts";
import type { Leads } from "../leads/leads.ts";
import type { Answers } from "../people/answers.ts";
import type { DoNotSendList } from "../people/suppress.ts";
import type { Subscribers } from "../people/subscribers.ts";
import type { SyncControl } from "../sync-control.ts";
import { audiences, welcome } from "./audience-rules.ts";
import type { Acting } from "./history.ts";
import { tokens, webhooks } from "./hook-rules.ts";
import { named, peopleIn } from "./named.ts";
import { team } from "./team-rules.ts";
import type { RulesFor } from "./rule.ts";

/** A file that was asked for; undefined: of nothing that there is. */
const made = (file: object | undefined) =>
  file ? ({ end: "done" } as const) : ({ end: "refused", problem: "unknown" } as const);

const leads: RulesFor<Leads> = {
  sources: "reads",
  defaultCycle: "reads",
  postsPerTarget: "reads",
  parseTarget: "reads",
  lists: "reads",
  listNameFor: "reads",
  estimate: "reads",
  collect: {
    deed: "collect",
    about: ({ list, count }) => ({ ...(list === undefined ? {} : { list }), count }),
    came: (result) =>
      result.ok ? { end: "done", list: result.list } : { end: "refused", problem: result.problem },
  },
  view: "reads",
  pause: { deed: "pauseLeads", about: (list) => ({ list }) },
  resume: { deed: "resumeLeads", about: (list) => ({ list }) },
  cancel: { deed: "cancelLeads", about: (list) => ({ list }) },
  reset: { deed: "resetLeads", about: (list) => ({ list }) },
  told: "theirs",
  settled: "reads",
  metadata: "reads",
  alsoIn: "reads",
  leads: "reads",
  exportLeads: {
    deed: "exportLeads",
    about: (list, _, format = "csv") => ({ list, what: [format] }),
    came: made,
  },
  addToSuppression: {
    deed: "suppress",
    about: (list) => ({ list }),
    came: (result) =>
      result ? { end: "done", count: result.added } : { end: "refused", problem: "unknownList" },
  },
  kpis: "reads",
  save: "theirs",
  watch: "reads",
};

const replying: RulesFor<Answers>["replyIfAlone"] = {
  deed: "replyTo",
  about: ({ answer }) => ({ list: String(answer) }),
  alsoAbout: async (those, { answer }) => {
    const found = await those.get(answer);
    return found && !isErased(found.answer) ? { people: [found.answer.username] } : {};
  },
};

const answers: RulesFor<Answers> = {
  get: "reads",
  list: "reads",
  repliesTo: "reads",
  heard: "theirs",
  after: "reads",
  lastNumber: "reads",
  channels: "reads",
  keep: {
    deed: (_, isOn) => (isOn ? "answersOn" : "answersOff"),
    about: (channel) => named(channel),
  },
  reply: replying,
  replyIfAlone: replying,
  watchReplies: "reads",
  untold: "reads",
  tell: "theirs",
  watch: "reads",
};

const suppress: RulesFor<DoNotSendList> = {
  add: {
    deed: "suppress",
    about: (names, reason) => ({ ...peopleIn(names), what: [reason] }),
    came: ({ changed }) => ({ end: "done", count: changed }),
  },
  remove: {
    deed: "unsuppress",
    about: (names) => peopleIn(names),
    came: ({ changed }) => ({ end: "done", count: changed }),
  },
  list: "reads",
  count: "reads",
  importList: {
    deed: "suppress",
    about: ({ reason }) => ({ what: [reason] }),
    came: (report) =>
      report.kind === "report" ? { end: "done", count: report.changed } : { end: "refused", problem: "list" },
  },
  readList: "reads",
};

const subscribers: RulesFor<Subscribers> = {
  subscribe: "theirs",
  choose: "theirs",
  chosenBy: "reads",
  leave: "theirs",
  keep: "theirs",
  isStop: "reads",
  seen: "theirs",
  isSubscribed: "reads",
  count: "reads",
  bySource: "reads",
};

const sync: RulesFor<SyncControl> = {
  status: "reads",
  start: { deed: "syncOn", about: (seconds) => (seconds === undefined ? {} : { count: seconds }) },
  stop: { deed: "syncOff", about: () => ({}) },
};

/** The rules of all of it. */
export const rules: RulesFor<Omit<App, keyof Acting>> = {
  when: "reads",
  newCampaignId: "reads",
  nameCampaign: "reads",
  importList: "reads",
  rejectedRows: "reads",
  hasList: "reads",
  discardList: "theirs",
  channels: "reads",
  attachment: "reads",
  checkMessage: "reads",
  plan: "reads",
  preview: "reads",
  exportPerson: {
    deed: "exportPerson",
    about: (text) => peopleIn([text]),
    came: made,
  },
  // Who it was goes from the history with all else.
  erase: {
    deed: "erase",
    // Nothing brings back what it takes.
    needs: "own",
    about: (text) => peopleIn([text]),
    came: (result) => (result.ok ? { end: "done" } : { end: "refused", problem: result.problem }),
  },
  erasedToTell: "reads",
  toldErased: "theirs",
  testSend: {
    deed: "testSend",
    about: ({ campaignId }, username) => ({ ...peopleIn([username]), campaign: campaignId }),
    came: ({ kind }) => (kind === "sent" ? { end: "done" } : { end: "refused", problem: kind }),
  },
  existing: "reads",
  againGroups: "reads",
  start: {
    deed: "start",
    about: ({ campaignId, startAt }) => ({
      campaign: campaignId,
      ...(startAt ? { what: ["scheduled"] } : {}),
    }),
    came: (result) =>
      result.ok ? { end: "done", count: result.added } : { end: "refused", problem: result.problem },
  },
  accounts: "reads",
  accountHealth: "reads",
  workers: "reads",
  watchStore: "reads",
  campaigns: "reads",
  view: "reads",
  pause: { deed: "pause" },
  resume: {
    deed: "resume",
    about: (campaign, _, way) => ({ campaign, ...(way === undefined ? {} : { what: [way] }) }),
  },
  confirmRestored: { deed: "confirmRestored" },
  backup: { deed: "backup", about: () => ({}) },
  toApprove: "reads",
  approve: { deed: "approve", needs: "approve" },
  sendBack: { deed: "sendBack", needs: "approve" },
  goFirst: { deed: "goFirst" },
  cancelFollowUps: { deed: "cancelFollowUps" },
  cancel: { deed: "cancel" },
  retryFailed: { deed: "retryFailed" },
  uncertain: "reads",
  resolve: {
    deed: "resolve",
    about: (campaign, username, decision) => ({ ...peopleIn([username]), campaign, what: [decision] }),
    came: (state) => (state === "notUncertain" ? { end: "refused", problem: state } : { end: "done" }),
  },
  resolveAll: {
    deed: "resolve",
    about: (campaign, { decision, claims }) => ({ campaign, count: claims.length, what: [decision] }),
    came: ({ decided }) => ({ end: "done", count: decided }),
  },
  exportResults: {
    deed: "export",
    about: (campaign, _, format = "csv") => ({ campaign, what: [format] }),
    came: made,
  },
  results: "reads",
  report: "reads",
  drawReport: "reads",
  honourCheckpoint: {
    deed: "honourCheckpoint",
    about: ({ campaignId, names }) => ({ campaign: campaignId, count: names.size }),
    came: (result) =>
      result.kind === "imported"
        ? { end: "done", count: result.added }
        : { end: "refused", problem: result.problem },
  },
  team,
  answers,
  audiences,
  welcome,
  growth: { look: "reads", draw: "reads" },
  suppress,
  subscribers,
  leads,
  sync,
  tokens,
  webhooks,
  feed: "reads",
  listOfRows: "reads",
  cleanup: { deed: "cleanup" },
  watch: "reads",
  previewNames: "reads",
  listRows: "reads",
  addNames: {
    deed: "addNames",
    came: (result) =>
      result.ok ? { end: "done", count: result.added } : { end: "refused", problem: result.problem },
  },
  change: {
    deed: "change",
    about: (campaign, { message, settings = {} }) => ({
      campaign,
      what: [...(message ? ["message"] : []), ...Object.keys(settings)],
    }),
  },
  previewChange: "reads",
  planAmendment: "reads",
  amend: {
    deed: (_, { kind }) => kind,
    about: (campaign, { scope }) => ({
      campaign,
      ...(scope.kind === "name" ? peopleIn([scope.username]) : {}),
    }),
    came: (result) =>
      result.ok ? { end: "done", count: result.count } : { end: "refused", problem: result.problem },
  },
  amendment: "reads",
  steerAmending: { deed: (_, how) => `${how}Amending` },
  startNow: { deed: "startNow" },
  moveStart: { deed: "moveStart" },
  who: "reads",
};
