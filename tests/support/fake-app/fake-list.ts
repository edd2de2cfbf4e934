/** Lists as the fake application reads them: one name a line, `@` allowed, nothing else understood. */
import type { MadeFile } from "../../../src/lib/files/made-file.ts";
import { nothingLeftOut } from "../../../src/lists/reading.ts";
import type { InvalidRow, ListReport, RejectedWords } from "../../../src/app/lists/list-report.ts";

function isName({ text }: { readonly text: string }): boolean {
  return /^@?[A-Za-z]\w{3,31}$/.test(text);
}

/** Reads names from a text, one a line. */
export function readNames(
  text: string,
  origin: string,
  listId: string,
): { report: ListReport; names: readonly string[] } {
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ line: index + 1, text: line.trim() }]));
  const good = lines.filter(isName).map((one) => one.text.replace("@", "").toLowerCase());
  const invalid: InvalidRow[] = lines
    .filter((one) => !isName(one))
    .map((one) => ({ ...one, reason: one.text.includes(" ") ? "spaces" : "characters" }));
  const names = [...new Set(good)];
  const report: ListReport = {
    kind: "report",
    listId,
    origin,
    read: lines.length,
    valid: names.length,
    duplicates: good.length - names.length,
    invalid: invalid.length,
    alreadySent: 0,
    suppressed: 0,
    columns: [],
    firstInvalid: invalid.slice(0, 10),
    names: { first: names, middle: [], last: [] },
    readFrom: {},
    leftOut: nothingLeftOut(),
  };
  return { report, names };
}

/** Writes the file of rejected rows in the words given. */
export function rejectedRows(rows: readonly InvalidRow[], { headings, reason }: RejectedWords): MadeFile {
  const lines = [headings, ...rows.map((row) => [String(row.line), row.text, reason(row.reason)])];
  return { name: "rejected.csv", open: () => [lines.map((line) => line.join(",")).join("\n")] };
}
