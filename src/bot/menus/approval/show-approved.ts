/** Everything that an approval is given to, before it is given: the message as it goes out, and all the rest in words. */
import type { CampaignView } from "../../../app/app.ts";
import type { BesideText } from "../../../app/drafts/draft-extras.ts";
import { listEnds } from "../../../app/campaigns/list-ends.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { languageWord } from "../../../words/language-word.ts";
import { uploadRetrying } from "../../calls/retried-upload.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { sendReal } from "../../conversations/steps/message/real-preview.ts";
import { approvalRows } from "../../views/approval/approval.ts";
import { approvedSheet } from "../../views/approval/approved-sheet.ts";
import { sendView } from "../../views/view.ts";

/** Shows it; the buttons are under the last message. */
export async function showApproved(
  parts: BotParts,
  context: OperatorContext,
  { campaign }: Pick<CampaignView, "campaign">,
): Promise<void> {
  const { words, api, work } = context;
  // A long list is read from its beginning to its end, and a file takes its time.
  work.letOthersPass();
  const rows = await parts.app.results(campaign.id);
  const ends = rows ? await listEnds(campaign.lists, rows) : new Map<string, never>();
  const { translations = [], ...extras } = campaign.extras ?? {};
  for (const one of [{ message: campaign.message, extras }, ...translations])
    await showOne(parts, context, { id: campaign.id, ...one });
  const nameOf = (by: string): string => parts.operators.nameOf(by);
  const texts = approvedSheet(campaign, { words, nameOf, ends });
  for (const [at, text] of texts.entries()) {
    const isLast = at === texts.length - 1;
    await sendView(api, chatOf(context), isLast ? { text, rows: approvalRows(campaign, words) } : { text });
  }
}

interface Shown {
  readonly id: string;
  readonly language?: string;
  readonly message: string;
  readonly extras?: BesideText;
}

/** A text that is no more than a text is read in words. Links may hold a value of each person's, and are in words alone. */
async function showOne(
  { app, clock }: BotParts,
  context: OperatorContext,
  { id, language, message, extras = {} }: Shown,
): Promise<void> {
  const { api, words, work } = context;
  const { buttons: _, ...beside } = extras;
  if (Object.keys(beside).length === 0) return;
  const title =
    language === undefined
      ? words.say("approval-media")
      : words.say("approval-media-in", { language: languageWord(language, words) });
  await sendView(api, chatOf(context), { text: title });
  const real = {
    extras: beside,
    open: (attachment: Parameters<typeof app.attachment>[1]) => app.attachment(id, attachment),
  };
  await uploadRetrying(() => sendReal(context, message, real), { clock, signal: work.signal }).catch(
    (error: unknown) => {
      if (work.signal.aborted) throw error;
      return sendView(api, chatOf(context), { text: words.say("approval-media-hidden") });
    },
  );
}
