/** Amounts of US dollars as people type them: `20`, `12.50`, `$1,250`, «۱۲٫۵ دلار». */
import { folded } from "../when/typed-words.ts";

/**
 * The amount, in whole cents; undefined unless it is one from 0.01 to `most`. A comma before three digits parts thousands,
 * before one or two it parts cents; a dot before three digits could be meant either way, and is not taken.
 */
export function dollarsTyped(text: string, most: number): number | undefined {
  const said = folded(text)
    .replaceAll(/(?:\$|us ?dollars?|usd|dollars?|دلار)/gu, "")
    .replaceAll("٫", ".")
    .replaceAll(/[\s٬']/gu, "");
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/.test(said)
    ? said.replaceAll(",", "")
    : said.replace(",", ".");
  if (!/^\d{1,9}(?:\.\d{1,2})?$/.test(plain)) return undefined;
  const cents = Math.round(Number(plain) * 100);
  return cents >= 1 && cents <= most * 100 ? cents / 100 : undefined;
}
