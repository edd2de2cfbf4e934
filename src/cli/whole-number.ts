import { InvalidArgumentError } from "commander";
import { typed } from "../words/markup.ts";
import type { Words } from "../words/words.ts";

/**
 * Reads the whole number of an option, in the digits that the operator writes: Latin, Persian or Arabic ones.
 * @param longest Digits at most
 * @throws {InvalidArgumentError} when it is no whole number from 1 or has more digits; it names the highest one
 */
export function wholeNumber(text: string, words: Words, longest = 7): number {
  const digits = typed(text);
  if (!/^[1-9]\d*$/.test(digits) || digits.length > longest)
    throw new InvalidArgumentError(words.plain("number-wrong", { most: 10 ** longest - 1 }));
  return Number(digits);
}
