/** Cards that are not the live ones any more: after a lost answer a message may stand in the chat twice, and nobody knows of the first. */
import type { OperatorContext } from "../bot-parts.ts";
import { readCampaignPress } from "../views/callback-data.ts";
import { readLeadPress } from "../views/leads/lead-data.ts";

/**
 * Puts the present state and a word about it in the place of an old copy whose button was pressed, without its buttons.
 * @param live The message that is kept up to date; absent: there is none to point to
 */
export async function closeOldCopy(
  context: OperatorContext,
  live: number | undefined,
  text: () => Promise<string | undefined>,
): Promise<void> {
  const pressed = context.callbackQuery?.message?.message_id;
  if (live === undefined || pressed === undefined || pressed === live || !isCard(context)) return;
  const shown = await text();
  if (shown === undefined) return;
  const note = context.words.say("old-copy");
  // Deleted meanwhile, or too old to change: its buttons are looked up against the present anyway.
  await context.editMessageText(`${shown}\n\n${note}`, { parse_mode: "HTML" }).catch(() => undefined);
}

/** A card has several different buttons about one thing; a choice between several things or a question has not. */
function isCard({ callbackQuery }: OperatorContext): boolean {
  const message = callbackQuery?.message;
  const keyboard = message && "reply_markup" in message ? message.reply_markup?.inline_keyboard : undefined;
  const presses = (keyboard ?? []).flat().flatMap((button) => {
    const read = "callback_data" in button ? button.callback_data : "";
    const [campaign, leads] = [readCampaignPress(read), readLeadPress(read)];
    if (campaign) return { verb: campaign.verb, key: campaign.campaignKey, isQuestion: campaign.askedAt };
    return leads ? { verb: leads.verb, key: leads.listKey, isQuestion: leads.askedAt } : [];
  });
  const [keys, verbs] = [new Set(presses.map(({ key }) => key)), new Set(presses.map(({ verb }) => verb))];
  return keys.size === 1 && verbs.size > 1 && presses.every(({ isQuestion }) => isQuestion === undefined);
}
