import type { DraftExtras } from "../../app/drafts/draft-extras.ts";
import type { CampaignExtras } from "../../domain/campaign.ts";
import { joined } from "../../words/joined.ts";
import { languageWord } from "../../words/language-word.ts";
import type { Words } from "../../words/words.ts";

/** Names what goes with a text; empty where nothing does. */
export function besideText(
  { format, attachment, buttons = [], translations = [] }: CampaignExtras | DraftExtras,
  words: Words,
): string {
  const beside = [
    format === "html" ? words.plain("cli-beside-formatting") : undefined,
    attachment ? words.plain("cli-beside-file", { name: attachment.name }) : undefined,
    translations.length > 0
      ? words.plain("cli-beside-languages", {
          languages: joined(
            translations.map(({ language }) => languageWord(language, words)),
            words,
          ),
        })
      : undefined,
    buttons.length > 0 ? words.plain("cli-beside-links", { count: buttons.length }) : undefined,
  ];
  return joined(
    beside.filter((one) => one !== undefined),
    words,
  );
}
