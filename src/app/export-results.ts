import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CampaignId } from "../domain/campaign.ts";
import { writeFileAtomically } from "../lib/atomic-file.ts";
import { CSV_START, csvLine } from "../lib/csv-line.ts";
import type { ResultRow } from "../storage/stores.ts";
import type { AppParts } from "./app-parts.ts";
import type { ResultWords } from "./app.ts";

/** Lines written at a stretch: the chat is answered in between. */
const LINES_PER_PIECE = 1000;

/** Writes what became of every recipient, in list order; answers the file's path, or undefined for an unknown id. */
export async function exportResults(
  parts: AppParts,
  id: CampaignId,
  words: ResultWords,
): Promise<string | undefined> {
  const open = await parts.engine.find(id);
  if (!open) return undefined;
  await mkdir(parts.exportsFolder, { recursive: true });
  const path = join(parts.exportsFolder, `${id}-results.csv`);
  await writeFileAtomically(path, pieces(open.ledger.results(), words));
  return path;
}

async function* pieces(rows: AsyncIterable<ResultRow>, words: ResultWords): AsyncGenerator<string> {
  let piece = CSV_START + csvLine(words.headings);
  let lines = 0;
  for await (const row of rows) {
    piece += csvLine(cells(row, words));
    if (++lines % LINES_PER_PIECE !== 0) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function cells(row: ResultRow, words: ResultWords): string[] {
  return [
    row.username,
    words.state(row.state, row.skipReason),
    row.account ?? "",
    row.at === undefined ? "" : words.time(row.at),
    String(row.attempts),
    row.messageId ?? "",
    row.why ?? "",
  ];
}
