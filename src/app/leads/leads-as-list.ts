import type { OpenedList } from "../../lists/open-list.ts";
import { nothingLeftOut } from "../../lists/reading.ts";
import type { Row } from "../../lists/row.ts";
import type { LeadLedger, LeadStore } from "../../storage/lead-stores.ts";

const ROWS_PER_BATCH = 500;
/** Column with the name that people show, as a variable `{{display_name}}`. */
const DISPLAY_NAME = "display_name";

/** A list of leads as the recipients of a campaign; undefined when there is none of that name. */
export async function leadsAsList(
  leads: Pick<LeadStore, "find">,
  list: string,
): Promise<OpenedList | undefined> {
  const ledger = await leads.find(list);
  if (!ledger) return undefined;
  const details = ledger.details().filter((name) => name !== DISPLAY_NAME);
  return {
    columns: [DISPLAY_NAME, ...details],
    readFrom: {},
    leftOut: nothingLeftOut(),
    rows: rowsOf(ledger, details),
    nameOf: ({ cells }) => cells[0] ?? "",
    valuesOf: ({ cells }) => cells.slice(1),
  };
}

async function* rowsOf(ledger: LeadLedger, details: readonly string[]): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  let line = 0;
  for await (const { username, displayName = "", details: known = {} } of ledger.delivered()) {
    rows.push({ line: ++line, cells: [username, displayName, ...details.map((name) => known[name] ?? "")] });
    if (rows.length < ROWS_PER_BATCH) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}
