import type { CampaignId } from "../../domain/campaign.ts";
import type { Pieces } from "../../lib/files/atomic-file.ts";
import { CSV_START, csvLine } from "../../lib/files/csv-line.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";
import { xlsxPieces } from "../../lib/files/xlsx-pieces.ts";
import { revisionNumber } from "../../domain/revision.ts";
import { standsAs } from "../../domain/amending/stands-as.ts";
import type { ResultRow, Results } from "../amending/amended-results.ts";
import { addedAt } from "../../domain/added-at.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { codeOf } from "../../domain/reasons/reason.ts";
import type { ResultFormat, ResultWords } from "./results-file.ts";

/** Lines written at a stretch: the chat is answered in between. */
const LINES_PER_PIECE = 1000;

interface Parts {
  readonly campaigns: Pick<CampaignStore, "get">;
  readonly resultsOf: (id: CampaignId) => Promise<Results | undefined>;
}

/** A file of what became of every recipient, in list order; undefined for an unknown id. */
export async function exportResults(
  { resultsOf, campaigns }: Parts,
  id: CampaignId,
  words: ResultWords,
  format: ResultFormat = "csv",
): Promise<MadeFile | undefined> {
  let results = await resultsOf(id);
  if (!results) return undefined;
  return {
    name: `${id}-results.${format}`,
    async *open() {
      const found = results ?? (await resultsOf(id)); // rows are read once
      results = undefined;
      if (!found) return;
      const joinedAt = addedAt((await campaigns.get(id)) ?? { lists: [] });
      yield* contentOf({ ...found, rows: withMoments(found.rows, joinedAt) }, words, format);
    },
  };
}

/** A recipient with the moment at which they joined, ms since the epoch. */
type ToldRow = ResultRow & { readonly addedAt?: number };

interface Told extends Omit<Results, "rows"> {
  readonly rows: AsyncIterable<ToldRow>;
}

async function* withMoments(
  rows: AsyncIterable<ResultRow>,
  momentOf: ReturnType<typeof addedAt>,
): AsyncGenerator<ToldRow> {
  for await (const row of rows) {
    const at = momentOf(row);
    yield at === undefined ? row : { ...row, addedAt: at };
  }
}

function contentOf({ rows, count }: Told, words: ResultWords, format: ResultFormat): Pieces {
  switch (format) {
    case "csv":
      return csvPieces(rows, words);
    case "json":
      return jsonPieces(rows, words);
    case "xlsx":
      return xlsxPieces({
        ...words.sheet,
        headings: words.headings,
        rows: allCells(rows, words),
        rowCount: count,
      });
  }
}

async function* csvPieces(rows: AsyncIterable<ToldRow>, words: ResultWords): AsyncGenerator<string> {
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

async function* allCells(
  rows: AsyncIterable<ToldRow>,
  words: ResultWords,
): AsyncGenerator<readonly string[]> {
  for await (const row of rows) yield cells(row, words);
}

function cells(row: ToldRow, words: ResultWords): string[] {
  const why = whyOf(row);
  return [
    words.name(row.username),
    words.state(standsAs(row.state, row.amended), row.skipReason),
    row.account ?? "",
    row.at === undefined ? "" : words.time(row.at),
    String(row.attempts),
    row.messageId ?? "",
    why === undefined ? (row.skippedFor ?? "") : words.reason(why),
    why === undefined ? (row.skipReason ?? "") : codeOf(why),
    row.revision === undefined ? "" : String(revisionNumber(row.revision)),
    row.addedAt === undefined ? "" : words.time(row.addedAt),
    row.answeredAt === undefined ? "" : words.time(row.answeredAt),
    row.language ?? "",
  ];
}

/** Why somebody stands as they do: why a message stayed that was to be taken back or mended, too. */
function whyOf({ why, amended }: ResultRow): Reason | undefined {
  return amended?.last.why ?? why;
}

/** One array with an object for each recipient, on a line of its own; what is not known is not there. */
async function* jsonPieces(rows: AsyncIterable<ToldRow>, words: ResultWords): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    yield before + JSON.stringify(resultObject(row, words));
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

function resultObject(row: ToldRow, words: ResultWords) {
  const { username, state, attempts, revision, account, at, messageId, skipReason, skippedFor, amended } =
    row;
  const why = whyOf(row);
  return {
    username,
    state: standsAs(state, amended),
    attempts,
    revision: revision === undefined ? undefined : revisionNumber(revision),
    language: row.language,
    account,
    at: at === undefined ? undefined : new Date(at).toISOString(),
    messageId,
    why: why === undefined ? undefined : words.reason(why),
    reason: why === undefined ? undefined : codeOf(why),
    skipReason,
    skippedFor,
    addedAt: row.addedAt === undefined ? undefined : new Date(row.addedAt).toISOString(),
    answeredAt: row.answeredAt === undefined ? undefined : new Date(row.answeredAt).toISOString(),
    amendedAt: amended && new Date(amended.last.at).toISOString(),
  };
}
