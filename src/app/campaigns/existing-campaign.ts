/** A campaign as whoever is about to add to it must know it, and how a draft differs from it. */
import type { MessageExtras } from "../../channels/channel.ts";
import type {
  Campaign,
  CampaignAccount,
  CampaignId,
  CampaignStatus,
  Consent,
} from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import { messageExtras } from "../../engine/message-extras.ts";
import type { AppParts } from "../app-parts.ts";
import { campaignView } from "./campaign-view.ts";
import type { Draft, DraftPart } from "../drafts/draft.ts";
import type { CampaignStore } from "../../storage/stores.ts";

export interface ExistingCampaign {
  readonly id: CampaignId;
  readonly channel: string;
  readonly message: string;
  /** The attachment as it lies on this disk. */
  readonly extras?: MessageExtras;
  readonly accounts: readonly CampaignAccount[];
  readonly consent: Consent;
  /** Columns that some list of it has: what its people's values are known by. */
  readonly columns: readonly string[];
  readonly status: CampaignStatus;
  /** Who paused it, as far as that was kept; absent unless a person did. */
  readonly pausedBy?: string;
  readonly revision: number;
  /** Recipients who have the message. */
  readonly sent: number;
  /** Recipients who are still to be written to, those that failed among them. */
  readonly left: number;
  /** Recipients of all its lists. */
  readonly total: number;
}

/** Looks at the campaign of an id; undefined when there is none. */
export async function existingCampaign(
  parts: AppParts,
  id: CampaignId,
): Promise<ExistingCampaign | undefined> {
  const view = await campaignView(parts, id);
  if (!view) return undefined;
  const { campaign, counts, imported } = view;
  const { channel, message, accounts, consent, status, pause, revision = 0, lists } = campaign;
  const extras = messageExtras(campaign, parts.campaigns);
  return {
    id,
    channel,
    message,
    ...(extras ? { extras } : {}),
    accounts,
    consent,
    columns: [...new Set(lists.flatMap(columnsOf))],
    status,
    ...(pause?.kind === "operator" ? { pausedBy: pause.by ?? "" } : {}),
    revision,
    sent: counts.sent,
    left: counts.planned + counts.claimed + counts.failed,
    total: imported,
  };
}

/** What a draft says otherwise than the campaign it would go on with. */
export function differences(
  draft: Draft,
  campaign: Campaign,
  campaigns: Pick<CampaignStore, "attachmentPath">,
): readonly DraftPart[] {
  const extras = messageExtras(campaign, campaigns);
  const isSameText = draft.message === campaign.message && keyOf(draft.extras) === keyOf(extras);
  const areSameAccounts = accountsKey(draft.accounts) === accountsKey(campaign.accounts);
  return [...(isSameText ? [] : ["message" as const]), ...(areSameAccounts ? [] : ["accounts" as const])];
}

function keyOf({ format, attachment, buttons = [] }: MessageExtras = {}): string {
  const file = attachment && [attachment.kind, attachment.path, attachment.name];
  return JSON.stringify([format, file, buttons.map(({ label, url }) => [label, url])]);
}

function accountsKey(accounts: readonly CampaignAccount[]): string {
  const each = accounts.map(({ name, caps }) =>
    JSON.stringify([name, caps.perMinute, caps.perHour, caps.perDay]),
  );
  return each.toSorted().join("\n");
}
