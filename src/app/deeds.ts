/**
 * What a command asks to have done, as plain values: this process does it, or whoever owns the data folder. A kill in between
 * may have it asked for twice or late, so each comes to the same when it is done twice, and undoes nothing that came after it.
 * What would not by itself goes by the id of the asking, which is written down with what it did.
 */
import type { CampaignId } from "../domain/campaign.ts";
import type { Conditions } from "../domain/people/audience.ts";
import type { ListName } from "../domain/collecting/collection.ts";
import type { SuppressionReason } from "../domain/people/suppression.ts";
import type { ActionResult, App } from "./app.ts";
import type { Turned, Welcome, WelcomeRequest, WelcomeResult } from "./welcome/welcome.ts";
import type { Audiences, KeepResult, TagResult, Whom } from "./audiences/audiences.ts";
import type { AddNamesResult, GivenRow } from "./campaigns/adding-names.ts";
import type { CheckpointImport } from "./campaigns/import-checkpoint.ts";
import type { Leads, LeadsActionResult } from "./leads/leads.ts";
import type { PostOutcome } from "../domain/hooks/webhook.ts";
import type { About, DeedEnd } from "../domain/history/entry.ts";
import type { TakenOutDeed } from "./history/taking-out.ts";
import type { GivenRole, Role } from "../domain/roles/role.ts";
import type { Team, TeamResult } from "./team/team.ts";
import type { TokenAdded, Tokens } from "./hooks/tokens.ts";
import type { WebhookAdded, WebhookAsked, Webhooks } from "./hooks/webhooks.ts";
import type { Answers, ReplyResult } from "./people/answers.ts";
import type { EraseAnswer } from "./people/erase.ts";
import type { DoNotSendList, SuppressionResult } from "./people/suppress.ts";

/** What is asked for, by the deed's name. */
export interface Deeds {
  readonly suppress: {
    readonly names: readonly string[];
    readonly reason: SuppressionReason;
    readonly note?: string;
    /** Whoever is on it already keeps reason, note and moment. */
    readonly keepsKnown?: boolean;
  };
  readonly unsuppress: {
    readonly names: readonly string[];
    /** ms since the epoch; whoever was put on the list after that stays on it. */
    readonly wantedAt: number;
  };
  readonly cleanup: { readonly campaignId: CampaignId };
  /** Names that join a campaign, with the values of the columns. */
  readonly addNames: {
    readonly campaignId: CampaignId;
    readonly columns: readonly string[];
    readonly rows: readonly GivenRow[];
    readonly origin: string;
    readonly by: string;
    readonly statement?: string;
  };
  /** Everything that is kept of a person. */
  readonly erase: { readonly text: string; readonly by: string };
  /** Of a campaign that was put back from a backup; see restored.ts. */
  readonly confirmRestored: { readonly campaignId: CampaignId; readonly by: string };
  /** Asked for once more, after a kill, it stands there as one of which nobody knows whether it was done. */
  readonly beginTakingOut: { readonly deed: TakenOutDeed; readonly about: About };
  readonly endTakingOut: { readonly of: number; readonly end: Exclude<DeedEnd, "refused"> };
  readonly endFollowUps: { readonly campaignId: CampaignId; readonly by: string };
  /** Whether operators are told of a channel's answers. */
  readonly keepAnswers: { readonly channel: string; readonly isOn: boolean };
  /** `answer`: number of the one that is replied to. */
  readonly reply: { readonly answer: number; readonly text: string; readonly by: string };
  /** `from`: the role they had when it was wanted; one that was given or taken after that stays. */
  readonly giveRole: { readonly id: number; readonly role: GivenRole; readonly from: Role | "none" };
  readonly takeRole: { readonly id: number; readonly from: Role | "none" };
  readonly honour: { readonly campaignId: CampaignId; readonly names: readonly string[] };
  /** A list is kept under a name. */
  readonly keepAudience: {
    readonly name: string;
    readonly columns: readonly string[];
    readonly rows: readonly GivenRow[];
    readonly origin: string;
  };
  readonly defineAudience: { readonly name: string; readonly conditions: Conditions };
  readonly renameAudience: { readonly from: string; readonly to: string };
  /** `wantedAt`, ms since the epoch: one that was kept after that stays. */
  readonly removeAudience: { readonly name: string; readonly wantedAt: number };
  readonly beginWelcome: Omit<WelcomeRequest, "extras" | "operatorId">;
  /** `wantedAt`, ms since the epoch: one that was turned after that stays. */
  readonly turnWelcome: { readonly isOn: boolean; readonly wantedAt: number };
  readonly tag: { readonly tag: string; readonly whom: Whom };
  /** `wantedAt`, ms since the epoch: whoever got it after that keeps it. */
  readonly untag: { readonly tag: string; readonly whom: Whom; readonly wantedAt: number };
  /** `request`: number of the one under way when it was wanted; a later one goes on. */
  readonly cancelLeads: { readonly list: ListName; readonly request?: number };
  /** `hash`: of a token that only whoever asks has seen. */
  readonly addToken: { readonly name: string; readonly hash: string; readonly by: string };
  readonly revokeToken: { readonly name: string };
  readonly addWebhook: WebhookAsked & { readonly by: string };
  readonly removeWebhook: { readonly name: string };
  readonly rotateWebhook: { readonly name: string; readonly secret: string };
  readonly resumeWebhook: { readonly name: string };
  readonly testWebhook: { readonly name: string };
  /** `target`: its key; absent: all of the list. */
  readonly resetLeads: { readonly list: ListName; readonly target?: string };
}

/** What each deed comes to. */
export interface DeedResults {
  readonly suppress: SuppressionResult;
  readonly unsuppress: SuppressionResult;
  readonly cleanup: ActionResult;
  readonly addNames: AddNamesResult;
  readonly erase: EraseAnswer;
  readonly confirmRestored: ActionResult;
  readonly beginTakingOut: { readonly of: number };
  readonly endTakingOut: { readonly of: number };
  readonly endFollowUps: ActionResult;
  /** False: the channel is not set up there, or nobody answers through it. */
  readonly keepAnswers: { readonly isThere: boolean };
  readonly reply: ReplyResult;
  readonly giveRole: RoleResult;
  readonly takeRole: RoleResult;
  readonly honour: CheckpointImport;
  readonly keepAudience: { readonly outcome: KeepResult };
  readonly defineAudience: { readonly outcome: Awaited<ReturnType<Audiences["define"]>> };
  readonly renameAudience: { readonly outcome: Awaited<ReturnType<Audiences["rename"]>> };
  readonly removeAudience: { readonly isGone: boolean };
  readonly beginWelcome: WelcomeResult;
  readonly turnWelcome: { readonly outcome: Turned };
  readonly tag: TagResult;
  readonly untag: TagResult;
  readonly cancelLeads: LeadsActionResult;
  readonly resetLeads: LeadsActionResult;
  readonly addToken: TokenAdded;
  readonly revokeToken: { readonly was: boolean };
  readonly addWebhook: WebhookAdded;
  readonly removeWebhook: { readonly was: boolean };
  readonly rotateWebhook: { readonly was: boolean };
  readonly resumeWebhook: { readonly was: boolean };
  /** Absent: there is none of that name. */
  readonly testWebhook: { readonly outcome?: PostOutcome };
}

/** `changed`: their role was decided on since it was looked at. */
export type RoleResult = TeamResult | { readonly ok: false; readonly problem: "changed" };

export type DeedName = keyof Deeds;

export interface Deed<Name extends DeedName = DeedName> {
  readonly deed: Name;
  readonly asked: Deeds[Name];
}

/** A deed with the id of its asking: the same one, however often it comes. */
export interface AskedDeed<Name extends DeedName = DeedName> extends Deed<Name> {
  readonly ask: string;
}

/** The part of the application that does them. */
export interface DoingApp extends Pick<
  App,
  "addNames" | "cancelFollowUps" | "cleanup" | "confirmRestored" | "erase" | "honourCheckpoint" | "takingOut"
> {
  readonly answers: Pick<Answers, "keep" | "reply" | "tell">;
  readonly team: Pick<Team, "roleOf" | "give" | "take">;
  readonly tokens: Pick<Tokens, "add" | "revoke">;
  readonly webhooks: Omit<Webhooks, "list" | "told" | "watch">;
  readonly suppress: Pick<DoNotSendList, "add" | "remove">;
  readonly welcome: Pick<Welcome, "begin" | "turn">;
  readonly audiences: Pick<Audiences, "keep" | "define" | "rename" | "remove" | "tag" | "untag">;
  readonly leads: Pick<Leads, "cancel" | "reset"> & {
    view(list: ListName): Promise<{ readonly request?: { readonly number: number } | undefined } | undefined>;
  };
}

type Doers = {
  readonly [Name in DeedName]: (app: DoingApp, asked: Deeds[Name], ask: string) => Promise<DeedResults[Name]>;
};

const doers: Doers = {
  suppress: (app, { names, reason, note, keepsKnown }) => app.suppress.add(names, reason, note, keepsKnown),
  unsuppress: (app, { names, wantedAt }) => app.suppress.remove(names, wantedAt),
  cleanup: (app, { campaignId }) => app.cleanup(campaignId),
  addNames: (app, { campaignId, columns, rows, ...request }) =>
    app.addNames(campaignId, { ...request, names: { columns, rows } }),
  erase: (app, { text, by }) => app.erase(text, { by }),
  confirmRestored: (app, { campaignId, by }) => app.confirmRestored(campaignId, by),
  beginTakingOut: async ({ takingOut }, { deed, about }) => ({ of: await takingOut.begun(deed, about) }),
  async endTakingOut({ takingOut }, { of, end }) {
    await takingOut.ended(of, end);
    return { of };
  },
  endFollowUps: (app, { campaignId, by }) => app.cancelFollowUps(campaignId, by),
  keepAnswers: async ({ answers }, { channel, isOn }) => ({ isThere: await answers.keep(channel, isOn) }),
  async reply({ answers }, asked, ask) {
    const result = await answers.reply({ ...asked, id: ask });
    // Whoever asked is told by what this answers, and by nobody else.
    if (result.ok) await answers.tell(ask, () => Promise.resolve());
    return result;
  },
  giveRole: async ({ team }, { id, role, from }) =>
    (team.roleOf(id) ?? "none") === from ? team.give(id, role) : stands(team, id, role),
  takeRole: async ({ team }, { id, from }) =>
    (team.roleOf(id) ?? "none") === from ? team.take(id) : stands(team, id, "none"),
  honour: (app, { campaignId, names }) => app.honourCheckpoint({ campaignId, names: new Set(names) }),
  keepAudience: async ({ audiences }, { name, columns, rows, origin }, ask) => ({
    outcome: await audiences.keep({ name, list: { columns, rows }, origin, ask }),
  }),
  defineAudience: async ({ audiences }, asked, ask) => ({
    outcome: await audiences.define({ ...asked, ask }),
  }),
  renameAudience: async ({ audiences }, { from, to }) => ({ outcome: await audiences.rename(from, to) }),
  removeAudience: async ({ audiences }, { name, wantedAt }) => ({
    isGone: await audiences.remove(name, wantedAt),
  }),
  beginWelcome: ({ welcome }, asked) => welcome.begin(asked),
  turnWelcome: async ({ welcome }, { isOn, wantedAt }) => ({ outcome: await welcome.turn(isOn, wantedAt) }),
  tag: ({ audiences }, { tag, whom }) => audiences.tag(tag, whom),
  untag: ({ audiences }, { tag, whom, wantedAt }) => audiences.untag(tag, whom, wantedAt),
  async cancelLeads({ leads }, { list, request }) {
    const current = (await leads.view(list))?.request;
    if (current && current.number !== request) return { ok: false, problem: "notNow" };
    return leads.cancel(list);
  },
  resetLeads: ({ leads }, { list, target }, ask) => leads.reset(list, target, ask),
  addToken: ({ tokens }, { by, ...token }) => tokens.add(token, by),
  revokeToken: async ({ tokens }, { name }) => ({ was: await tokens.revoke(name) }),
  addWebhook: ({ webhooks }, { by, ...asked }) => webhooks.add(asked, by),
  removeWebhook: async ({ webhooks }, { name }) => ({ was: await webhooks.remove(name) }),
  rotateWebhook: async ({ webhooks }, { name, secret }) => ({ was: await webhooks.rotate(name, secret) }),
  resumeWebhook: async ({ webhooks }, { name }) => ({ was: await webhooks.resume(name) }),
  async testWebhook({ webhooks }, { name }) {
    const outcome = await webhooks.test(name);
    return outcome ? { outcome } : {};
  },
};

/** Asked for once more, after a kill, it is done already. */
function stands(team: DoingApp["team"], id: number, role: Role | "none"): RoleResult {
  return (team.roleOf(id) ?? "none") === role ? { ok: true } : { ok: false, problem: "changed" };
}

/** Does it in this process; resolves when it holds. */
export function doDeed<Name extends DeedName>(
  app: DoingApp,
  { deed, asked, ask }: AskedDeed<Name>,
): Promise<DeedResults[Name]> {
  return doers[deed](app, asked, ask);
}
