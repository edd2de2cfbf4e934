import type { DeliveredLead } from "../../domain/collecting/delivered-leads.ts";
import { platformOf, targetKey } from "../../domain/collecting/lead.ts";
import type { Pieces } from "../../lib/files/atomic-file.ts";
import { CSV_START, csvLine } from "../../lib/files/csv-line.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";
import { xlsxPieces } from "../../lib/files/xlsx-pieces.ts";
import type { LeadListRead } from "../../storage/ports/reads.ts";
import { trackingText } from "../../domain/collecting/exact-count-tracking.ts";
import type { LeadsLooked } from "./leads-view.ts";
import { metadataOf } from "./leads-view.ts";
import type { LeadFormat, LeadWords } from "./leads.ts";

/** Lines written at a stretch: the chat is answered in between. */
const LINES_PER_PIECE = 1000;
/** Columns that a sheet can have; what leads have in further details is only in the JSON. */
const MOST_DETAILS = 20;

/**
 * A file of everybody who was delivered, in that order; undefined for an unknown list. Beside it stands the metadata of the
 * latest request: `people.csv` has `people.exactCountTracking.json`.
 */
export async function exportLeads(
  parts: Pick<LeadsLooked, "leadStore">,
  { list, words }: { readonly list: string; readonly words: LeadWords },
  format: LeadFormat = "csv",
): Promise<MadeFile | undefined> {
  const ledger = await parts.leadStore.find(list);
  if (!ledger) return undefined;
  const tracking = await metadataOf(parts, list);
  return {
    name: `${list}-leads.${format}`,
    async *open() {
      yield* await contentOf(ledger, words, format);
    },
    ...(tracking ? { beside: { ending: ".exactCountTracking.json", text: trackingText(tracking) } } : {}),
  };
}

async function contentOf(ledger: LeadListRead, words: LeadWords, format: LeadFormat): Promise<Pieces> {
  if (format === "json") return jsonPieces(ledger.delivered());
  if (format === "jsonl") return jsonLines(ledger.delivered());
  const details = (await ledger.details()).slice(0, MOST_DETAILS);
  const headings = [...words.headings, ...details];
  const rows = allCells(ledger.delivered(), (lead) => cellsOf(lead, words, details));
  if (format === "csv") return csvPieces(headings, rows);
  return xlsxPieces({ ...words.sheet, headings, rows, rowCount: (await ledger.state()).delivered });
}

async function* allCells(
  leads: AsyncIterable<DeliveredLead>,
  cells: (lead: DeliveredLead) => readonly string[],
): AsyncGenerator<readonly string[]> {
  for await (const lead of leads) yield cells(lead);
}

function cellsOf(lead: DeliveredLead, words: LeadWords, details: readonly string[]): string[] {
  const { username, displayName = "", id, target, at } = lead;
  const { source } = target;
  const known = [username, displayName, id, platformOf(source), targetKey(target), words.time(at)];
  return [...known, ...details.map((name) => lead.details?.[name] ?? "")];
}

async function* csvPieces(
  headings: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<string> {
  let piece = CSV_START + csvLine(headings);
  let lines = 0;
  for await (const row of rows) {
    piece += csvLine(row);
    if (++lines % LINES_PER_PIECE !== 0) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** One array with an object for each lead, on a line of its own; it can be given back as a list of recipients. */
async function* jsonPieces(leads: AsyncIterable<DeliveredLead>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const lead of leads) {
    yield before + JSON.stringify(recordOf(lead));
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

async function* jsonLines(leads: AsyncIterable<DeliveredLead>): AsyncGenerator<string> {
  for await (const lead of leads) yield `${JSON.stringify(recordOf(lead))}\n`;
}

function recordOf({ username, displayName, id, target, at, details }: DeliveredLead): object {
  const { source } = target;
  const found = { platform: platformOf(source), target: targetKey(target), at: new Date(at).toISOString() };
  return { username, displayName, id, ...found, ...details };
}
