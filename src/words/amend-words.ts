/** Whose messages stay as they are, wherever it is said before something is taken back or mended. */
import type { AmendmentPlan } from "../app/amending/amending.ts";

const sentences = {
  tooOld: "amend-too-old",
  unknown: "amend-unknown",
  optedOut: "amend-opted-out",
  unfit: "amend-unfit",
  otherLanguage: "amend-other-language",
} as const;

/** The sentence for each reason there is, with its number. */
export function stays(
  plan: Pick<AmendmentPlan, keyof typeof sentences>,
): readonly { readonly sentence: string; readonly count: number }[] {
  return (["tooOld", "unknown", "optedOut", "unfit", "otherLanguage"] as const)
    .filter((why) => plan[why] > 0)
    .map((why) => ({ sentence: sentences[why], count: plan[why] }));
}
