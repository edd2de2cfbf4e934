import type { CampaignView } from "../../../../app/app.ts";
import type { Words } from "../../../../words/words.ts";
import type { Note, Talk } from "../../../conversations/step.ts";

/** One thing of a campaign that can be changed from its card: a row of the submenu, and a step of its own. */
export interface ChangeTopic {
  /** Stands in the button's data: letters only, at most 20. The row's label is `change-<name>`, with `$value`. */
  readonly name: string;
  /** The present value in few words, plain text. */
  readonly value: (view: CampaignView, words: Words) => string;
  /** Tells whether the row is there at all; absent: while it runs or is paused. */
  readonly isFor?: (view: CampaignView) => boolean;
  /** Asks for the other value and changes the campaign by `app.change`. */
  readonly run: (talk: Talk, about: Topical) => Promise<TopicEnd>;
}

/** What a topic's step is about. */
export interface Topical {
  readonly campaignId: string;
}

/** How a topic's step ended; a note is said before the submenu is shown again. */
export type TopicEnd = { readonly kind: "done"; readonly note: Note } | { readonly kind: "back" | "cancel" };
