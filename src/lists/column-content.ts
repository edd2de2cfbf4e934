import { parseUsername } from "../domain/username.ts";
import { isExplicitName } from "./name-lines.ts";
import type { Row } from "./row.ts";

/** What the cells of one column look like. */
export interface ColumnContent {
  readonly isBlank: boolean;
  /** Share of the cells that can be usernames, from 0 to 1; numbers alone don't count. */
  readonly names: number;
  /**
   * The share weighed by what tells usernames from first names and cities: `@` and links (counting double), and that no
   * two are alike. From 0 to 2.
   */
  readonly score: number;
  /** Up to three cells to show to somebody who has to choose. */
  readonly samples: readonly string[];
}

const SAMPLE_LENGTH = 32;

/** Looks at one column of a few hundred rows. */
export function columnContent(rows: readonly Row[], column: number): ColumnContent {
  const cells = rows.map((row) => (row.cells[column] ?? "").trim()).filter((cell) => cell !== "");
  const distinct = new Set<string>();
  let [names, explicit] = [0, 0];
  for (const cell of cells) {
    const parsed = parseUsername(cell);
    if (!parsed.ok || /^\d+$/.test(parsed.username)) continue;
    names++;
    distinct.add(parsed.username);
    if (isExplicitName(cell)) explicit++;
  }
  const count = Math.max(1, cells.length);
  return {
    isBlank: cells.length === 0,
    names: names / count,
    score: ((names + explicit) / count) * (distinct.size / Math.max(1, names)),
    samples: cells.slice(0, 3).map((cell) => cell.slice(0, SAMPLE_LENGTH)),
  };
}
