/** What is said of people who would join a campaign, in the chat and on the terminal. */
import type { NamesPreview } from "../app/campaigns/adding-names.ts";
import type { Words } from "./words.ts";

/** Why nobody can join by a list; undefined when somebody can. */
export function namesProblem(
  { isOver, missing, added }: NamesPreview,
  id: string,
): ((words: Words) => string) | undefined {
  if (isOver) return (words) => words.say("names-refused-over", { id });
  if (missing.length > 0)
    return (words) => words.say("names-refused-columns", { id, names: words.codes(missing) });
  return added === 0 ? (words) => words.say("names-nobody", { id }) : undefined;
}

/** How many join, who is there already, and who is left out all the same. */
export function previewLines(
  { added, known, suppressed, contactedLately, otherCampaign }: NamesPreview,
  words: Words,
): string[] {
  const counted = (sentence: string, count: number): string[] =>
    count > 0 ? [words.say(sentence, { count })] : [];
  return [
    words.say("names-new", { count: added }),
    ...counted("names-known", known),
    ...counted("names-suppressed", suppressed),
    ...counted("names-contacted-lately", contactedLately),
    ...counted("names-other-campaign", otherCampaign),
  ];
}
