/** Whose messages stay as they are, wherever it is said before something is taken back or mended. */
import type { AmendmentPlan } from "../app/amending/amending.ts";
import { joined } from "./joined.ts";
import { languageWord } from "./language-word.ts";
import type { Words } from "./words.ts";

const sentences = {
  tooOld: "amend-too-old",
  unknown: "amend-unknown",
  optedOut: "amend-opted-out",
  unfit: "amend-unfit",
  otherLanguage: "amend-other-language",
} as const;

/** The sentence for each reason there is, with its number. */
export function stays(
  plan: Pick<AmendmentPlan, keyof typeof sentences | "otherLanguages">,
  words: Pick<Words, "locale">,
): readonly {
  readonly sentence: string;
  readonly told: { readonly count: number; readonly languages: string };
}[] {
  const tags = (plan.otherLanguages ?? []).map(({ language }) => languageWord(language, words));
  const languages = joined(tags, words);
  return (["tooOld", "unknown", "optedOut", "unfit", "otherLanguage"] as const)
    .filter((why) => plan[why] > 0)
    .map((why) => ({ sentence: sentences[why], told: { count: plan[why], languages } }));
}
