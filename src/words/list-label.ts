/** Keywords named; the others are a number. */
const MOST_QUERIES = 3;

/** Letters of one keyword, so that a button holds them all. */
const LONGEST = 24;

/**
 * What a list of leads is called where a person reads of it: by its name, or, where keywords in other letters left no more
 * of that than a mark, by the keywords.
 */
export function listLabel(list: string, asked: readonly string[]): string {
  const queries = [...new Set(asked)];
  if (!queries.some(hasOtherLetters)) return list;
  const more = queries.length - MOST_QUERIES;
  const shown = queries.slice(0, MOST_QUERIES).map(cut).join(" · ");
  return more > 0 ? `${shown} +${more}` : shown;
}

/** The same for many: lists that would be called alike keep their names. */
export function listLabels(
  lists: readonly { readonly list: string; readonly queries: readonly string[] }[],
): readonly string[] {
  const labels = lists.map(({ list, queries }) => listLabel(list, queries));
  return labels.map((label, index) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? label : (lists[index]?.list ?? label),
  );
}

function hasOtherLetters(query: string): boolean {
  return /[^\p{ASCII}]/u.test(query);
}

function cut(query: string): string {
  const letters = Array.from(query);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : query;
}
