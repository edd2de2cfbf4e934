import { CsvError, parse } from "csv-parse";
import type { Delimiter } from "./delimiter.ts";
import type { Row } from "./row.ts";
import { BrokenList } from "./row.ts";

/** No row of a list is longer; a quote that nobody closed must not swallow the file. */
const LONGEST_ROW = 1 << 20;

/**
 * Reads comma, semicolon or tab separated text. Quotes inside a cell and rows of uneven length are taken as they come.
 * @throws {BrokenList} when a cell's quote is never closed
 */
export async function* delimitedRows(
  chunks: Iterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  let lastLine = 0;
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record: (cells: string[], { lines }) => {
      rows.push({ line: lines - lineEndsIn(cells), cells });
      lastLine = lines;
      return null;
    },
  });
  let failure: Error | undefined;
  parser.on("error", (error) => (failure = error));

  for (const chunk of chunks) {
    await settled((done) => parser.write(chunk, done));
    if (failure) throw asBroken(failure, lastLine + 1);
    yield rows;
    rows = [];
  }
  await settled((done) => parser.end(done));
  if (failure) throw asBroken(failure, lastLine + 1);
  yield rows;
}

/** Waits for a call that takes a callback, whatever it answers: errors are told by the parser's own event. */
function settled(act: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => act(() => resolve()));
}

/** The parser counts to a row's last line; people look for its first. */
function lineEndsIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes("\n")) count += cell.split("\n").length - 1;
  return count;
}

function asBroken(error: Error, line: number): Error {
  return error instanceof CsvError ? new BrokenList("csv", line) : error;
}
