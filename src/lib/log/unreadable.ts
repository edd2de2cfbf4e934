/** Letters of a row that are kept to show what could not be read. */
const LONGEST_SAMPLE = 500;

/** Counts rows that could not be read and keeps the first as it came, cut short, for whoever has to find out why. */
export function unreadableAmong(rows: readonly unknown[]): { unreadable?: number; sample?: string } {
  if (rows.length === 0) return {};
  // Cut inside a sign of two units, half of it would be no text.
  const sample = (JSON.stringify(rows[0]) ?? "").slice(0, LONGEST_SAMPLE).replace(/[\uD800-\uDBFF]$/, "");
  return { unreadable: rows.length, sample };
}
