import { FROM_DAMAGED_LINE } from "../domain/people/suppression.ts";
import type { PlainWords } from "./plain-words.ts";

/** A note of the do-not-send list as it was written; Peyk's own is said in the reader's language. */
export function noteText(note: string, words: PlainWords): string {
  return note === FROM_DAMAGED_LINE ? words.plain("suppressed-from-damaged-line") : note;
}
