import type { Words } from "../../../words/words.ts";
import { campaignChoice } from "../callback-data.ts";
import type { Button } from "../view.ts";

/** Leads to the cards of a campaign's uncertain recipients. */
export function uncertainButton(campaignId: string, count: number | string, words: Words): Button {
  return {
    label: words.plain("button-uncertain", { count }),
    choice: campaignChoice("uncertain", campaignId),
  };
}
