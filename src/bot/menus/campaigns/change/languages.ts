/** The text in other languages, for those who are still to be written to: each written, all seen, confirmed. */
import { languagesTopic, askLanguages } from "../../../conversations/steps/options/languages.ts";
import { draftOf } from "../../../conversations/draft-state.ts";
import { confirmText, textState } from "./text.ts";
import type { Talk } from "../../../conversations/step.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

export const languagesChange: ChangeTopic = {
  name: "languages",
  value: ({ campaign }, words) => {
    const { extras } = campaign;
    return (
      languagesTopic.value({ ...draftOf(campaign), ...(extras ? { extras } : {}) }, words) ??
      words.plain("topic-languages-off")
    );
  },
  isFor: ({ campaign: { status } }) => status === "running" || status === "paused",
  run: changeLanguages,
};

async function changeLanguages(talk: Talk, { campaignId }: Topical): Promise<TopicEnd> {
  const found = await textState(talk, campaignId);
  if ("kind" in found) return found;
  const { state, existing } = found;
  // The campaign's own file stays beside the text.
  const { attachment } = existing.extras ?? {};
  if (attachment) state.extras = { ...state.extras, attachment };
  for (;;) {
    if ((await askLanguages(talk, state)) === "cancel") return { kind: "cancel" };
    if (JSON.stringify(state.extras?.translations) === JSON.stringify(existing.extras?.translations))
      return { kind: "back" };
    const confirmed = await confirmText(talk, state, existing);
    if (confirmed !== "again") return confirmed;
  }
}
