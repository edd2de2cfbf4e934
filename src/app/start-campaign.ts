import type { Channel } from "../channels/channel.ts";
import type { Campaign, CampaignExtras, CampaignList } from "../domain/campaign.ts";
import { isCampaignId } from "../domain/campaign.ts";
import type { AppParts } from "./app-parts.ts";
import type { ActionResult, App } from "./app.ts";
import type { Draft } from "./draft.ts";
import { nameCampaign } from "./campaign-id.ts";
import { notTaken } from "./check-message.ts";

type GivenConsent = Parameters<App["start"]>[1];

/**
 * Starts a draft. The same task id means the same campaign: one that exists gains the names it does not know, keeps
 * what happened to the others, and tries those that failed again.
 */
export async function startCampaign(
  parts: AppParts,
  draft: Draft,
  consent: GivenConsent,
): Promise<ActionResult> {
  const named = await nameCampaign(parts.campaigns, draft.campaignId);
  if (!named.ok || named.id !== draft.campaignId) return { ok: false, problem: "notNow" };
  const existing = parts.campaigns.get(draft.campaignId);
  const stored = await parts.lists.get(draft.listId);
  if (!stored || existing?.status === "cancelled" || !isStartable(parts, draft))
    return { ok: false, problem: "notNow" };
  const listId = existing ? await withoutKnownNames(parts, draft) : draft.listId;
  const now = parts.clock.now();
  const adopted = listId === undefined ? [] : [await adopt(parts, draft, listId)];
  const extras = await adoptExtras(parts, draft);
  await parts.engine.start(campaignFrom({ draft, consent, existing, adopted, extras, now }));
  return { ok: true };
}

function isStartable({ channels }: AppParts, draft: Draft): boolean {
  const { notWithinDays: days = 1 } = draft;
  const isRuleSound = Number.isInteger(days) && days > 0;
  const channel = channels.get(draft.channel);
  return (
    isCampaignId(draft.campaignId) && isTaken(draft, channel) && draft.accounts.length > 0 && isRuleSound
  );
}

function isTaken({ extras = {} }: Draft, channel: Channel | undefined): boolean {
  if (!channel) return false;
  const takes = channel.manifest.extras;
  return notTaken(takes ? { takes } : {}, extras).length === 0;
}

/** The days within which others may not have written: a draft that says nothing leaves the campaign's rule as it is. */
export function ruleOf(draft: Draft, existing: Campaign | undefined): number | undefined {
  return draft.notWithinDays ?? existing?.notWithinDays;
}

async function adopt(parts: AppParts, draft: Draft, listId: string): Promise<CampaignList> {
  const list = await parts.campaigns.adoptList(draft.campaignId, listId);
  return { ...list, origin: draft.origin, importedAt: parts.clock.now() };
}

/** The attachment goes into the campaign's folder, because an upload is thrown away some day. */
async function adoptExtras(
  { campaigns }: AppParts,
  { campaignId, extras }: Draft,
): Promise<CampaignExtras | undefined> {
  if (!extras) return undefined;
  const { attachment, ...others } = extras;
  if (!attachment) return others;
  const { kind, path, name } = attachment;
  return { ...others, attachment: { kind, name, file: await campaigns.adoptAttachment(campaignId, path) } };
}

/** Stores the draft's list anew without the names the campaign has already; undefined when none is left. */
async function withoutKnownNames(parts: AppParts, draft: Draft): Promise<string | undefined> {
  const known = await parts.ledgers.knownNames(draft.campaignId);
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

interface NewCampaign {
  readonly draft: Draft;
  readonly consent: GivenConsent;
  readonly existing: Campaign | undefined;
  readonly adopted: readonly CampaignList[];
  readonly extras: CampaignExtras | undefined;
  readonly now: number;
}

function campaignFrom({ draft, consent, existing, adopted, extras, now }: NewCampaign): Campaign {
  const notWithinDays = ruleOf(draft, existing);
  const createdBy = existing?.createdBy ?? consent.operatorId;
  return {
    id: draft.campaignId,
    createdAt: existing?.createdAt ?? now,
    ...(createdBy === undefined ? {} : { createdBy }),
    channel: draft.channel,
    accounts: draft.accounts,
    message: draft.message,
    ...(extras ? { extras } : {}),
    lists: [...(existing?.lists ?? []), ...adopted],
    consent: { statement: consent.statement, by: consent.by, at: now },
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    status: "running",
  };
}
