import type { Row } from "../row.ts";
import type { SeenContext } from "./seen-rows.ts";
import { SeenRows } from "./seen-rows.ts";
import { createCellReader } from "./sheet-cells.ts";
import { createXmlReader } from "./xml.ts";

/** Reads the rows of a sheet's XML that are seen. */
export async function* sheetRows(
  chunks: AsyncIterable<string>,
  context: SeenContext,
): AsyncGenerator<readonly Row[]> {
  const seen = new SeenRows(context);
  const reader = createXmlReader(createCellReader(seen));
  for await (const chunk of chunks) {
    reader.write(chunk);
    if (seen.isFull()) yield seen.take();
  }
  reader.end();
  const last = seen.take();
  if (last.length > 0) yield last;
}
