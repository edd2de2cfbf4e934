/**
 * Starts drafts. The same task id means the same campaign: one that exists gains the names it does not know, keeps what
 * happened to the others, and tries those that failed again. Promises that nothing else of it changes unless the draft's
 * terms say so, that its channel never does, and that a draft started twice is started once. Whatever was looked at may be
 * otherwise by the time it is changed: then the draft is looked at anew.
 */
import type { Channel } from "../../channels/channel.ts";
import { asForeseen } from "../../domain/approval.ts";
import type { Campaign, CampaignList } from "../../domain/campaign.ts";
import { campaignKey } from "../../domain/campaign.ts";
import type { AppParts } from "../app-parts.ts";
import type { App } from "../app.ts";
import type { Draft, DraftTerms, StartProblem, StartResult } from "../drafts/draft.ts";
import { awaitsStart, dueStart } from "../../domain/when/schedule.ts";
import { peopleOn } from "../../domain/joining.ts";
import { windowFor } from "../when/window-for.ts";
import { withAmended } from "../amending/amended-results.ts";
import { followUpProblem } from "../follow-ups/check-follow-ups.ts";
import { adoptExtras } from "./adopt-extras.ts";
import { nameCampaign } from "./campaign-id.ts";
import { changedCampaign, newCampaign } from "./campaign-of-draft.ts";
import type { GivenConsent } from "./campaign-of-draft.ts";
import { notTaken } from "../drafts/check-message.ts";
import { campaignView } from "./campaign-view.ts";
import { asItMayBegin } from "./wait-for-word.ts";
import { differences, existingCampaign } from "./existing-campaign.ts";

/** Makes the use case. Two starts of one id go one after the other: a list is in the campaign's folder before the campaign is. */
export function createStart(parts: AppParts): App["start"] {
  const turns = new Map<string, Promise<unknown>>();
  return async (draft, consent) => {
    const key = campaignKey(draft.campaignId);
    const started = (turns.get(key) ?? Promise.resolve()).then(() => startOne(parts, draft, consent));
    const turn = started.catch(() => undefined);
    turns.set(key, turn);
    void turn.then(() => {
      if (turns.get(key) === turn) turns.delete(key);
    });
    return started;
  };
}

async function startOne(parts: AppParts, draft: Draft, consent: GivenConsent): Promise<StartResult> {
  for (;;) {
    const result = await tryStart(parts, draft, consent).catch(async (error: unknown) => {
      const started = await startedBefore(parts, draft); // at the same moment, and the list went with that
      if (started) return started;
      throw error;
    });
    if (result) return result;
  }
}

/** Undefined when the campaign was made or changed by somebody else meanwhile. */
async function tryStart(
  parts: AppParts,
  draft: Draft,
  consent: GivenConsent,
): Promise<StartResult | undefined> {
  const named = await nameCampaign(parts.campaigns, draft.campaignId);
  if (!named.ok || named.id !== draft.campaignId) return { ok: false, problem: "notNow" };
  const started = await startedBefore(parts, draft);
  if (started) return started;
  if (draft.startAt && dueStart(draft.startAt, parts.clock.now()) === "ask")
    return { ok: false, problem: "past" };
  const existing = await parts.campaigns.get(draft.campaignId);
  const problem = existing && problemWith(draft, existing);
  if (problem) return refusal(parts, draft, problem);
  if (!(await parts.lists.get(draft.listId)) || !(await isStartable(parts, draft)))
    return { ok: false, problem: "notNow" };
  if (!existing && !isConsented(parts, draft, consent)) return { ok: false, problem: "notNow" };
  const result = await (existing ? goOn(parts, { draft, consent, existing }) : begin(parts, draft, consent));
  if (result) await parts.lists.discard(draft.listId);
  return result;
}

/** A draft that was started once is not started again: before a crash, or by a second press. */
async function startedBefore(parts: AppParts, draft: Draft): Promise<StartResult | undefined> {
  const existing = await parts.campaigns.get(draft.campaignId);
  if (existing?.startedWith !== draft.listId) return undefined;
  return { ok: true, added: 0, corrected: 0, ...pauseOf(existing, parts.clock.now()) };
}

/** Nobody real is written to without a word on where the permission comes from. */
function isConsented({ channels }: AppParts, { channel }: Draft, { statement = "" }: GivenConsent): boolean {
  return channels.get(channel)?.manifest.reachesPeople === false || statement.trim() !== "";
}

async function isStartable({ channels, campaigns }: AppParts, draft: Draft): Promise<boolean> {
  const { notWithinDays: days = 1, excludes = [], campaignId } = draft;
  const others = await Promise.all(excludes.map((id) => campaigns.get(id)));
  const areKnown = others.every((one) => one !== undefined && one.id !== campaignId);
  const isRuleSound = Number.isInteger(days) && days > 0 && areKnown;
  const channel = channels.get(draft.channel);
  const canFollowUp = followUpProblem(draft.followUps ?? [], { ...channel?.manifest }) === undefined;
  return isTaken(draft, channel) && draft.accounts.length > 0 && isRuleSound && canFollowUp;
}

function isTaken({ extras = {} }: Draft, channel: Channel | undefined): boolean {
  if (!channel) return false;
  const takes = channel.manifest.extras;
  return notTaken(takes ? { takes } : {}, extras).length === 0;
}

type Started = Extract<StartResult, { ok: true }>;

const SAME: Extract<DraftTerms, { kind: "goOn" }> = { kind: "goOn", changes: [] };

/** What keeps a draft from touching a campaign that is there. */
function problemWith(draft: Draft, existing: Campaign): StartProblem | undefined {
  const { terms = SAME } = draft;
  if (existing.status === "cancelled") return "cancelled";
  if (draft.startAt && !mayBeScheduled(existing)) return "begun";
  if (terms.kind === "new") return "exists";
  if (existing.channel !== draft.channel) return "otherChannel";
  if (terms.revision !== undefined && terms.revision !== (existing.revision ?? 0)) return "changed";
  const unwanted = differences(draft, existing).filter((part) => !terms.changes.includes(part));
  return unwanted.length > 0 ? "differs" : undefined;
}

/** What sends, or is paused on its way, is not to begin at a moment to come. */
function mayBeScheduled(campaign: Campaign): boolean {
  return campaign.status === "finished" || awaitsStart(campaign);
}

async function refusal(parts: AppParts, draft: Draft, problem: StartProblem): Promise<StartResult> {
  const campaign = await existingCampaign(
    { view: async (id) => withAmended(await campaignView(parts, id), () => parts.amendments.read(id)) },
    draft.campaignId,
  );
  const stored = await parts.campaigns.get(draft.campaignId);
  if (!campaign || !stored) return { ok: false, problem: "notNow" };
  const differs = problem === "differs" ? differences(draft, stored) : [];
  return { ok: false, problem, campaign, differs };
}

async function begin(parts: AppParts, draft: Draft, consent: GivenConsent): Promise<StartResult | undefined> {
  const list = await adopt(parts, draft, draft.listId);
  const extras = await adoptExtras(parts, draft.campaignId, draft.extras);
  const now = parts.clock.now();
  const sendWindow = windowFor(draft, parts);
  const made = newCampaign({ draft, consent, lists: [list], extras, sendWindow, now });
  const campaign = await asItMayBegin(parts, made);
  const needed = parts.team.needsApproval() ? { ...campaign, approval: {} } : campaign;
  const isNew = await parts.engine.start(needed);
  return isNew
    ? { ok: true, added: list.count, corrected: 0, ...pauseOf(campaign, parts.clock.now()) }
    : undefined;
}

interface GoingOn {
  readonly draft: Draft;
  readonly consent: GivenConsent;
  readonly existing: Campaign;
}

async function goOn(
  parts: AppParts,
  { draft, consent, existing }: GoingOn,
): Promise<StartResult | undefined> {
  const { terms = SAME, campaignId } = draft;
  const isNewText = terms.kind === "goOn" && terms.changes.includes("message");
  const extras = isNewText ? await adoptExtras(parts, draft.campaignId, draft.extras) : existing.extras;
  const now = parts.clock.now();
  const revision = (existing.revision ?? 0) + 1;
  const { origin } = draft;
  const corrected = await parts.campaigns.correctLists(campaignId, {
    listId: draft.listId,
    revision,
    origin,
    at: now,
  });
  const listId = await withoutKnownNames(parts, draft);
  const added = listId === undefined ? [] : [await adopt(parts, draft, listId)];
  const lists = [...corrected.lists, ...added];
  const changed = await parts.engine.change(campaignId, (current) =>
    current.status === "cancelled" ||
    current.revision !== existing.revision ||
    peopleOn(current) !== peopleOn(corrected) ||
    (draft.startAt && !mayBeScheduled(current))
      ? undefined
      : // Whoever was claimed until this very moment may have got the text before.
        asForeseen((from) =>
          changedCampaign(from, { draft, consent, lists, extras, now: parts.clock.now() }),
        )(current),
  );
  if (!changed) return undefined;
  return {
    ok: true,
    added: added[0]?.count ?? 0,
    corrected: corrected.count,
    ...pauseOf(changed, parts.clock.now()),
  };
}

/** Whose moment came while it was being confirmed starts right away: nobody is told to wait for it. */
export function pauseOf(
  { status, pause, schedule }: Pick<Campaign, "status" | "pause" | "schedule">,
  now: number,
): Pick<Started, "pausedBy" | "startsAt" | "putBackFrom"> {
  if (status === "scheduled" && schedule && dueStart(schedule, now) !== "start")
    return { startsAt: { at: schedule.at, timeZone: schedule.timeZone } };
  if (status !== "paused") return {};
  if (pause?.kind === "restored") return { putBackFrom: pause.madeAt };
  return pause?.kind === "operator" ? { pausedBy: pause.by ?? "" } : {};
}

async function adopt(parts: AppParts, draft: Draft, listId: string): Promise<CampaignList> {
  const list = await parts.campaigns.adoptList(draft.campaignId, listId);
  if (!list) throw new Error(`The list ${JSON.stringify(listId)} is gone`);
  if (listId !== draft.listId) await parts.lists.discard(listId);
  return { ...list, origin: draft.origin, importedAt: parts.clock.now() };
}

/** Stores the draft's list anew without the names the campaign has already; undefined when none is left. */
async function withoutKnownNames(parts: AppParts, draft: Draft): Promise<string | undefined> {
  const known = await parts.ledgers.states(draft.campaignId);
  const stored = await parts.lists.get(draft.listId);
  await using writer = await parts.lists.create(stored?.columns ?? []);
  let added = 0;
  for await (const { username, values } of parts.lists.rows(draft.listId)) {
    if (known.has(username)) continue;
    await writer.add(username, values);
    added++;
  }
  return added === 0 ? undefined : (await writer.finish()).listId;
}
