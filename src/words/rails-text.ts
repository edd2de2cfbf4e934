import type { GuardRails } from "../domain/settings/guard-rails.ts";
import { railRules } from "../domain/settings/guard-rails.ts";
import type { PlainWords } from "./plain-words.ts";

/** The share of each rule that there is, in a row; nothing where all are off. */
export function sharesText(rails: GuardRails, words: PlainWords): string {
  return railRules
    .filter((rule) => rails[rule] !== undefined)
    .map((rule) => `${words.plain(`rail-${rule}`)}: ${shareText(rails[rule], words)}`)
    .join(" · ");
}

/** The share of one rule. */
export function shareText(share: number | undefined, words: PlainWords): string {
  return share === undefined ? words.plain("rail-off") : words.plain("rail-share", { share });
}
