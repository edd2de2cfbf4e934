/** What a request comes to, of the campaign as it stands when the change is made. Pure. */
import type { ChannelManifest } from "../../channels/channel.ts";
import type { Campaign, CampaignExtras } from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import type { CampaignChange } from "../../domain/campaign-change.ts";
import { withTexts } from "../../domain/languages/text-in.ts";
import type { DraftExtras } from "../drafts/draft-extras.ts";
import { checkMessage } from "../drafts/check-message.ts";
import type { ChangeRequest, ChangeResult } from "./changing.ts";

/** What is wrong with the request itself, whatever becomes of the campaign meanwhile. */
export function problemWith(
  manifest: ChannelManifest | undefined,
  campaign: Pick<Campaign, "lists" | "extras">,
  { message, settings }: ChangeRequest,
): Extract<ChangeResult, { ok: false }> | undefined {
  if (settings?.accounts?.length === 0) return { ok: false, problem: "noAccount" };
  if (!message || !manifest) return undefined;
  const columns = [...new Set(campaign.lists.flatMap(columnsOf))];
  const { extras: takes, ...room } = manifest;
  const channel = { ...room, ...(takes ? { takes } : {}) };
  const beside: DraftExtras | undefined = message.keepsExtras ? campaign.extras : message.extras;
  const extras = withTexts(beside, message.translations);
  const problems = checkMessage(message.text, columns, { channel, ...(extras ? { extras } : {}) });
  return problems.length > 0 ? { ok: false, problem: "message", problems } : undefined;
}

/** @param given What is to go with the text, where the request says so itself */
export function changeOf(
  current: Pick<Campaign, "extras">,
  { message, settings }: ChangeRequest,
  given: CampaignExtras | undefined,
): CampaignChange {
  const extras = withTexts(message?.keepsExtras ? current.extras : given, message?.translations);
  return {
    ...(message ? { message: { text: message.text, ...(extras ? { extras } : {}) } } : {}),
    ...(settings ? { settings } : {}),
  };
}
