/** All campaigns at a glance. */
import type { CampaignView } from "../../../app/app.ts";
import { isGeneratedCampaignId } from "../../../domain/campaign.ts";
import { stillSent } from "../../../domain/report/outcomes.ts";
import { unreadableLine } from "../../../words/campaign-lines.ts";
import type { Words } from "../../../words/words.ts";
import { campaignChoice } from "../callback-data.ts";
import type { CampaignVerb } from "../callback-data.ts";
import type { Button, View } from "../view.ts";

interface Others {
  /** How many more there are. */
  readonly older: number;
  /** Those whose record can't be read. */
  readonly unreadable?: readonly string[];
}

/** One line and one button for each campaign shown, newest first. */
export function campaignList(
  shown: readonly CampaignView[],
  { older, unreadable = [] }: Others,
  words: Words,
): View {
  const lines = shown.map((view) => {
    const { id, status, createdAt } = view.campaign;
    const facts = {
      id,
      status: words.plain(`status-${status}`),
      sent: stillSent(view),
      total: view.imported,
    };
    // The day in a generated name is of the one calendar that ids are written in.
    return isGeneratedCampaignId(id)
      ? words.say("campaigns-line-generated", { ...facts, date: words.date(createdAt) })
      : words.say("campaigns-line", facts);
  });
  const more = older > 0 ? [words.say("campaigns-more", { count: older })] : [];
  return {
    text: [
      words.say("campaigns-title"),
      ...unreadable.map((id) => unreadableLine(id, words)),
      ...lines,
      ...more,
    ].join("\n"),
    rows: campaignButtons(
      shown.map(({ campaign }) => campaign.id),
      "open",
    ),
  };
}

/** One button a campaign, labelled with its id. */
export function campaignButtons(ids: readonly string[], verb: CampaignVerb): Button[][] {
  return ids.map((id) => [{ label: id, choice: campaignChoice(verb, id) }]);
}
