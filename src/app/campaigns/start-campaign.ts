/**
 * Starts drafts. The same task id means the same campaign: one that exists gains the names it does not know, keeps what
 * happened to the others, and tries those that failed again. Promises that nothing else of it changes unless the draft's
 * terms say so, that its channel never does, and that a draft started twice is started once.
 */
import type { Channel } from "../../channels/channel.ts";
import type { Campaign, CampaignList } from "../../domain/campaign.ts";
import { campaignKey } from "../../domain/campaign.ts";
import type { AppParts } from "../app-parts.ts";
import type { App } from "../app.ts";
import type { Draft, DraftTerms, StartProblem, StartResult } from "../drafts/draft.ts";
import { adoptExtras } from "./adopt-extras.ts";
import { nameCampaign } from "./campaign-id.ts";
import { changedCampaign, newCampaign } from "./campaign-of-draft.ts";
import type { GivenConsent } from "./campaign-of-draft.ts";
import { notTaken } from "../drafts/check-message.ts";
import { campaignView } from "./campaign-view.ts";
import { differences, existingCampaign } from "./existing-campaign.ts";

/** Makes the use case; starts of one id take turns. */
export function createStart(parts: AppParts): App["start"] {
  const turns = new Map<string, Promise<unknown>>();
  return (draft, consent) => {
    const key = campaignKey(draft.campaignId);
    const started = (turns.get(key) ?? Promise.resolve()).then(() => start(parts, draft, consent));
    const over = started.catch(() => undefined);
    turns.set(key, over);
    void over.then(() => turns.get(key) === over && turns.delete(key));
    return started;
  };
}

async function start(parts: AppParts, draft: Draft, consent: GivenConsent): Promise<StartResult> {
  const named = await nameCampaign(parts.campaigns, draft.campaignId);
  if (!named.ok || named.id !== draft.campaignId) return { ok: false, problem: "notNow" };
  const existing = parts.campaigns.get(draft.campaignId);
  // Started before a crash and asked for again after it.
  if (existing?.startedWith === draft.listId)
    return { ok: true, added: 0, corrected: 0, ...pauseOf(existing) };
  const problem = existing && problemWith(parts, draft, existing);
  if (problem) return refusal(parts, draft, problem);
  if (!(await parts.lists.get(draft.listId)) || !isStartable(parts, draft))
    return { ok: false, problem: "notNow" };
  if (existing) return goOn(parts, { draft, consent, existing });
  return isConsented(parts, draft, consent) ? begin(parts, draft, consent) : { ok: false, problem: "notNow" };
}

/** Nobody real is written to without a word on where the permission comes from. */
function isConsented({ channels }: AppParts, { channel }: Draft, { statement = "" }: GivenConsent): boolean {
  return channels.get(channel)?.manifest.reachesPeople === false || statement.trim() !== "";
}

function isStartable({ channels, campaigns }: AppParts, draft: Draft): boolean {
  const { notWithinDays: days = 1, excludes = [], campaignId } = draft;
  const areKnown = excludes.every((id) => id !== campaignId && campaigns.get(id) !== undefined);
  const isRuleSound = Number.isInteger(days) && days > 0 && areKnown;
  return isTaken(draft, channels.get(draft.channel)) && draft.accounts.length > 0 && isRuleSound;
}

function isTaken({ extras = {} }: Draft, channel: Channel | undefined): boolean {
  if (!channel) return false;
  const takes = channel.manifest.extras;
  return notTaken(takes ? { takes } : {}, extras).length === 0;
}

const SAME: Extract<DraftTerms, { kind: "goOn" }> = { kind: "goOn", changes: [] };

/** What keeps a draft from touching a campaign that is there. */
function problemWith(parts: AppParts, draft: Draft, existing: Campaign): StartProblem | undefined {
  const { terms = SAME } = draft;
  if (existing.status === "cancelled") return "cancelled";
  if (terms.kind === "new") return "exists";
  if (existing.channel !== draft.channel) return "otherChannel";
  if (terms.revision !== undefined && terms.revision !== (existing.revision ?? 0)) return "changed";
  const unwanted = differences(draft, existing, parts.campaigns).filter(
    (part) => !terms.changes.includes(part),
  );
  return unwanted.length > 0 ? "differs" : undefined;
}

async function refusal(parts: AppParts, draft: Draft, problem: StartProblem): Promise<StartResult> {
  const campaign = await existingCampaign(
    { ...parts, view: (id) => campaignView(parts, id) },
    draft.campaignId,
  );
  const stored = parts.campaigns.get(draft.campaignId);
  if (!campaign || !stored) return { ok: false, problem: "notNow" };
  const differs = problem === "differs" ? differences(draft, stored, parts.campaigns) : [];
  return { ok: false, problem, campaign, differs };
}

async function begin(parts: AppParts, draft: Draft, consent: GivenConsent): Promise<StartResult> {
  const list = await adopt(parts, draft, draft.listId);
  const extras = await adoptExtras(parts, draft.campaignId, draft.extras);
  const now = parts.clock.now();
  await parts.engine.start(newCampaign({ draft, consent, lists: [list], extras, now }));
  return { ok: true, added: list.count, corrected: 0 };
}

interface GoingOn {
  readonly draft: Draft;
  readonly consent: GivenConsent;
  readonly existing: Campaign;
}

async function goOn(parts: AppParts, { draft, consent, existing }: GoingOn): Promise<StartResult> {
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
    current.status === "cancelled"
      ? undefined
      : // Whoever was claimed until this very moment may have got the text before.
        changedCampaign(current, { draft, consent, lists, extras, now: parts.clock.now() }),
  );
  if (!changed) return refusal(parts, draft, "cancelled");
  return { ok: true, added: added[0]?.count ?? 0, corrected: corrected.count, ...pauseOf(changed) };
}

function pauseOf({ status, pause }: Campaign): { readonly pausedBy?: string } {
  return status === "paused" && pause?.kind === "operator" ? { pausedBy: pause.by ?? "" } : {};
}

async function adopt(parts: AppParts, draft: Draft, listId: string): Promise<CampaignList> {
  const list = await parts.campaigns.adoptList(draft.campaignId, listId);
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
  const listId = added === 0 ? undefined : (await writer.finish()).listId;
  await parts.lists.discard(draft.listId);
  return listId;
}
