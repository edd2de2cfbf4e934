import { holdsPosts } from "../../domain/collecting/collection.ts";
import type { DeliveredLead } from "../../domain/collecting/delivered-leads.ts";
import { platformOf } from "../../domain/collecting/lead.ts";
import { authorOf, postTimeOf } from "../../domain/collecting/post.ts";
import type { OpenedList } from "../../lists/open-list.ts";
import { nothingLeftOut } from "../../lists/reading.ts";
import type { Row } from "../../lists/row.ts";
import type { LeadListRead, LeadReads } from "../../storage/ports/reads.ts";

const ROWS_PER_BATCH = 500;
/** Column with the name that people show, as a variable `{{display_name}}`. */
const DISPLAY_NAME = "display_name";

/** A list of leads as the recipients of a campaign; undefined when there is none of that name. */
export async function leadsAsList(
  leads: Pick<LeadReads, "find">,
  list: string,
): Promise<OpenedList | undefined> {
  const ledger = await leads.find(list);
  if (!ledger) return undefined;
  const details = (await ledger.details()).filter((name) => name !== DISPLAY_NAME);
  return {
    columns: [DISPLAY_NAME, ...details],
    readFrom: {},
    leftOut: nothingLeftOut(),
    rows: rowsOf(ledger, details),
    nameOf: ({ cells }) => cells[0] ?? "",
    valuesOf: ({ cells }) => cells.slice(1),
  };
}

async function* rowsOf(
  ledger: Pick<LeadListRead, "delivered" | "state">,
  details: readonly string[],
): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  let line = 0;
  const people = holdsPosts(await ledger.state()) ? authors(ledger) : ledger.delivered();
  for await (const { username, displayName = "", details: known = {} } of people) {
    rows.push({ line: ++line, cells: [username, displayName, ...details.map((name) => known[name] ?? "")] });
    if (rows.length < ROWS_PER_BATCH) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

/**
 * Who wrote a list's posts, each once and with their newest, in the order of these. Read twice: what is kept meanwhile is
 * a place an author, and no text.
 */
async function* authors(ledger: Pick<LeadListRead, "delivered">): AsyncGenerator<DeliveredLead> {
  const newest = new Map<string, { readonly time: string; readonly place: number }>();
  let place = 0;
  for await (const lead of ledger.delivered()) {
    const time = postTimeOf(lead);
    const known = newest.get(keyOfAuthor(lead));
    if (!known || time > known.time) newest.set(keyOfAuthor(lead), { time, place });
    place++;
  }
  place = 0;
  for await (const lead of ledger.delivered())
    if (newest.get(keyOfAuthor(lead))?.place === place++) yield lead;
}

/** The same number on two platforms is two people. */
function keyOfAuthor(lead: DeliveredLead): string {
  return `${platformOf(lead.target.source)}:${authorOf(lead)}`;
}
