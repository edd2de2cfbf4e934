/** A new campaign from an old one: its people, text and settings are there to be kept; consent is asked anew. */
import type { Campaign } from "../../domain/campaign.ts";
import type { AgainGroup } from "../../domain/again.ts";
import { settingsOf } from "../../domain/settings/settings.ts";
import type { ChannelChoice, ExistingCampaign, DraftExtras } from "../../app/drafts/draft.ts";
import type { BesideText } from "../../app/drafts/draft-extras.ts";
import { chooseChannel, emptyDraft } from "./draft-state.ts";
import type { DailyLimit, DraftState } from "./draft-state.ts";
import type { Talk } from "./step.ts";

/** What of the old campaign the dialogue begins with; undefined when there is no such campaign any more. */
export async function draftAgain(
  talk: Talk,
  { id, group }: { readonly id: string; readonly group: AgainGroup },
): Promise<DraftState | undefined> {
  const former = await talk.dialogue.perform((context) => formerOf(talk, id, context.work));
  if (!former) return undefined;
  const { existing, campaign, channel, extras } = former;
  const state: DraftState = {
    ...emptyDraft(),
    source: { kind: "campaign", id, group },
    message: existing.message,
    ...(extras ? { extras } : {}),
    settings: settingsOf(campaign),
    ...(campaign.notWithinDays === undefined ? {} : { notWithinDays: campaign.notWithinDays }),
  };
  if (channel) copyAccounts(state, channel, campaign);
  return state;
}

interface Former {
  readonly existing: ExistingCampaign;
  readonly campaign: Campaign;
  readonly channel: ChannelChoice | null;
  readonly extras: DraftExtras | null;
}

async function formerOf(
  { parts: { app, uploads } }: Talk,
  id: string,
  work: Parameters<typeof uploads.keep>[1],
): Promise<Former | null> {
  const [existing, view] = [await app.existing(id), await app.view(id)];
  if (!existing || !view) return null;
  const channel = (await app.channels()).find(({ name }) => name === existing.channel) ?? null;
  const { translations, ...main } = existing.extras ?? {};
  // A copy of its own: the dialogue throws its files away in the end.
  const copied = async ({ attachment, ...beside }: BesideText): Promise<BesideText> => {
    if (!attachment) return beside;
    const path = await uploads.keep(app.attachment(id, attachment), work);
    const { kind, name } = attachment;
    return path === undefined ? beside : { ...beside, attachment: { kind, name, path } };
  };
  const texts: NonNullable<DraftExtras["translations"]>[number][] = [];
  for (const { extras, ...text } of translations ?? [])
    texts.push({ ...text, ...(extras ? { extras: await copied(extras) } : {}) });
  const extras = { ...(await copied(main)), ...(texts.length > 0 ? { translations: texts } : {}) };
  return { existing, campaign: view.campaign, channel, extras };
}

/** The accounts that are still there, with the limit that all of them had. */
function copyAccounts(state: DraftState, channel: ChannelChoice, { accounts }: Campaign): void {
  chooseChannel(state, channel);
  const known = channel.accounts.filter(({ name }) => accounts.some((one) => one.name === name));
  if (known.length > 0) state.chosen = known.map(({ name }) => name);
  const [limit, ...others] = [...new Set(accounts.map(({ caps }) => caps.perDay))];
  const own = channel.accounts.every(({ caps }) => caps.perDay === limit);
  if (others.length === 0 && !own) state.limit = (limit ?? "none") satisfies DailyLimit;
}
