/** What the commands of the do-not-send list say of a change. */
import type { SuppressionResult } from "../../app/people/suppress.ts";
import type { Words } from "../../words/words.ts";

/** Shows whether a change was made. */
export const LOOK = "peyk suppress list";

export type Change = "added" | "taken";

export function changeText(
  deed: Change,
  { changed: count, unchanged }: Pick<SuppressionResult, "changed" | "unchanged">,
  words: Words,
): string {
  if (unchanged === 0) return words.plain(`cli-suppress-${deed}`, { count });
  return words.plain(`cli-suppress-${deed}-before`, { count, unchanged });
}
