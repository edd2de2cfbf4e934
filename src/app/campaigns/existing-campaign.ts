/** Looks at a campaign for whoever is about to add to it, and tells how a draft differs from it. */
import type { Campaign, CampaignAccount, CampaignId } from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import { stillSent } from "../../domain/report/outcomes.ts";
import type { App } from "../app.ts";
import type { Draft, DraftPart, ExistingCampaign } from "../drafts/draft.ts";
import type { DraftExtras } from "../drafts/draft-extras.ts";

/** Looks at the campaign of an id; undefined when there is none. */
export async function existingCampaign(
  parts: Pick<App, "view">,
  id: CampaignId,
): Promise<ExistingCampaign | undefined> {
  const view = await parts.view(id);
  if (!view) return undefined;
  const { campaign, counts, imported } = view;
  const { channel, message, extras, accounts, consent, status, pause, revision = 0, lists } = campaign;
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
    sent: stillSent(view),
    left: counts.planned + counts.claimed + counts.failed,
    total: imported,
  };
}

/** What a draft says otherwise than the campaign it would go on with. */
export function differences(draft: Draft, campaign: Campaign): readonly DraftPart[] {
  const isSameText = draft.message === campaign.message && keyOf(draft.extras) === keyOf(campaign.extras);
  const areSameAccounts = accountsKey(draft.accounts) === accountsKey(campaign.accounts);
  return [...(isSameText ? [] : ["message" as const]), ...(areSameAccounts ? [] : ["accounts" as const])];
}

function keyOf({ format, attachment, copy, buttons = [], translations = [] }: DraftExtras = {}): string {
  const file = attachment && [attachment.kind, attachment.file ?? attachment.path, attachment.name];
  return JSON.stringify([
    format,
    file,
    copy && [copy.chatId, copy.messageIds],
    buttons.map(({ label, url }) => [label, url]),
    translations.map(({ language, message, extras }): unknown => [language, message, keyOf(extras)]),
  ]);
}

function accountsKey(accounts: readonly CampaignAccount[]): string {
  const each = accounts.map(({ name, caps }) =>
    JSON.stringify([name, caps.perMinute, caps.perHour, caps.perDay]),
  );
  return each.toSorted().join("\n");
}
