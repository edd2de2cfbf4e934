/** The submenu behind "Change" on a campaign's card: a row for each topic, with its present value. */
import { stillSent } from "../../../../domain/report/outcomes.ts";
import type { CampaignView } from "../../../../app/app.ts";
import { channelName } from "../../../../words/channel-name.ts";
import { isUnderWay } from "../../../../domain/campaign-status.ts";
import type { Words } from "../../../../words/words.ts";
import type { BotParts, OperatorContext } from "../../../bot-parts.ts";
import { chatOf } from "../../../conversations/dialogue.ts";
import { lines, paragraphs } from "../../../conversations/step.ts";
import { changeChoice } from "../../../views/callback-data.ts";
import { sendView } from "../../../views/view.ts";
import { valuesOnButtons } from "../../../views/values-on-buttons.ts";
import type { View } from "../../../views/view.ts";
import { changeTopics } from "./topics.ts";

/** Data of the button that opens a topic's step, behind `go:` or `over:`. */
export const CHANGE_DOOR = /^change-([A-Za-z]{1,20})-([\w-]{10})$/;

/** Sends the submenu to the end of the chat. */
export async function showChange({ app }: BotParts, context: OperatorContext, id: string): Promise<void> {
  const { words, api } = context;
  const view = await app.view(id);
  await sendView(
    api,
    chatOf(context),
    view ? changeMenu(view, words) : { text: words.say("unknown-campaign") },
  );
}

/** Shows what can be changed of a campaign now; of one that is over, that nothing can. */
export function changeMenu(view: CampaignView, words: Words): View {
  const { id, status } = view.campaign;
  const isOver = !isUnderWay(view.campaign);
  const topics = changeTopics.filter((topic) => topic.isFor?.(view) ?? !isOver);
  if (topics.length === 0)
    return { text: words.say("change-over", { id, status: words.plain(`status-${status}`) }) };
  const { labels, above } = valuesOnButtons(
    topics.map(({ name, value }) => ({
      value: value(view, words),
      label: (shown) => words.plain(`change-${name}`, { value: shown }),
    })),
    words,
  );
  const rows = topics.map(({ name }, at) => [{ label: labels[at] ?? "", choice: changeChoice(name, id) }]);
  const { planned, claimed, uncertain } = view.counts;
  const text = isOver
    ? words.say("change-title-over", { id, status: words.plain(`status-${status}`) })
    : words.say("change-title", { id, left: planned, had: claimed + stillSent(view) + uncertain });
  return { text: paragraphs(lines(text, saidBefore(view, words)), above), rows };
}

/** What can't be done about what was sent is said before anybody looks for it. */
function saidBefore({ amends, campaign, counts }: CampaignView, words: Words): string | undefined {
  if (amends || counts.sent === 0) return undefined;
  return words.say("change-cannot-amend", { channel: channelName(campaign.channel, words) });
}
