/** Lists as the fake application reads them: one name a line, `@` allowed, nothing else understood. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InvalidRow, ListReport } from "../../src/app/list-report.ts";

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
  };
  return { report, names };
}

/** Writes the file of rejected rows. */
export function rejectedFile(folder: string, { firstInvalid }: ListReport): { rejectedFile: string } {
  const path = join(folder, "rejected.csv");
  writeFileSync(path, firstInvalid.map((row) => `${row.line},${row.text},${row.reason}`).join("\n"));
  return { rejectedFile: path };
}
