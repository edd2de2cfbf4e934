import { InvalidArgumentError } from "commander";
import { dollarsTyped } from "../domain/settings/dollars-text.ts";
import { typed } from "../words/markup.ts";
import type { Words } from "../words/words.ts";

/**
 * Reads the whole number of an option, in the digits that the operator writes: Latin, Persian or Arabic ones.
 * @throws {InvalidArgumentError} when it is no whole number from 1 to the highest one, which it names
 */
export function wholeNumber(text: string, words: Words, most = 9_999_999): number {
  const digits = typed(text);
  if (!/^[1-9]\d*$/.test(digits) || Number(digits) > most)
    throw new InvalidArgumentError(words.plain("number-wrong", { most }));
  return Number(digits);
}

const MOST_DOLLARS = 1_000_000;

/**
 * Reads an option's amount of US dollars, like `12.50`.
 * @throws {InvalidArgumentError} when it is none above 0, or too much
 */
export function dollarsIn(text: string, words: Words): number {
  const dollars = dollarsTyped(text, MOST_DOLLARS);
  if (dollars === undefined)
    throw new InvalidArgumentError(words.plain("dollars-wrong", { most: MOST_DOLLARS }));
  return dollars;
}
