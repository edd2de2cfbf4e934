/**
 * Finds the word that somebody likely meant: the one that takes the fewest letters added, left out, changed or swapped
 * with their neighbour.
 * @param most Words further away than so many letters, or than half of the word, are not meant
 * @returns The first of the closest; undefined when none is close
 */
export function closest(word: string, among: readonly string[], most: number): string | undefined {
  const found = among
    .map((one) => ({ one, distance: distanceOf(word, one) }))
    .filter(({ one, distance }) => distance <= Math.min(most, one.length / 2))
    .toSorted((a, b) => a.distance - b.distance);
  return found[0]?.one;
}

/** Optimal string alignment; the rows are those of the usual table, the last two kept. */
function distanceOf(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(changed, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
