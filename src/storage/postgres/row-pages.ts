export interface RowPages<Row, Key> {
  /** Reads the rows behind a key, in the order of their keys. */
  readonly behind: (key: Key) => Promise<readonly Row[]>;
  /** What `behind` reads at most: fewer are the last. */
  readonly most: number;
  /** What no row comes before. */
  readonly from: Key;
  readonly keyOf: (row: Row) => Key;
}

/**
 * Reads rows a page at a time, each behind the last of the page before, so that whoever takes them in sets the pace and what
 * was read already is not counted off again.
 */
export async function* rowPages<Row, Key>(pages: RowPages<Row, Key>): AsyncGenerator<readonly Row[]> {
  const { behind, most, from, keyOf } = pages;
  for (let key = from; ;) {
    const rows = await behind(key);
    yield rows;
    const end = rows.at(-1);
    if (!end || rows.length < most) return;
    key = keyOf(end);
  }
}
