import { campaignKey } from "../../domain/campaign.ts";
import type { HistoryDeed } from "../../domain/history/entry.ts";
import { deedsIn } from "../../domain/history/entry.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { CSV_START, csvLine } from "../../lib/files/csv-line.ts";
import { xlsxPieces } from "../../lib/files/xlsx-pieces.ts";
import type { HistoryReads } from "../../storage/ports/history.ts";
import type { HistoryFormat, HistoryLook, HistoryQuestion, HistoryWords } from "./history.ts";

/** Looks into what is kept, whoever keeps it. */
export function createHistoryLook(reads: HistoryReads): HistoryLook {
  const oldestFirst = async ({ campaign, person }: HistoryQuestion): Promise<readonly HistoryDeed[]> => {
    const deeds = deedsIn(await reads.entries(person === undefined ? undefined : nameIn(person)));
    return campaign === undefined ? deeds : deeds.filter(({ about }) => isOf(about.campaign, campaign));
  };
  return {
    deeds: async (question = {}) => (await oldestFirst(question)).toReversed(),
    state: () => reads.state(),
    async file(question, words, format) {
      const deeds = await oldestFirst(question);
      const of = question.campaign === undefined ? "" : `${question.campaign}-`;
      return { name: `${of}history.${format}`, open: () => piecesOf(deeds, words, format) };
    },
  };
}

/** However the id was spelled by whoever did it. */
function isOf(one: string | undefined, campaign: string): boolean {
  return one !== undefined && campaignKey(one) === campaignKey(campaign);
}

function nameIn(text: string): string {
  const parsed = parseUsername(text);
  return parsed.ok ? parsed.username : text;
}

function piecesOf(deeds: readonly HistoryDeed[], words: HistoryWords, format: HistoryFormat) {
  const rows = deeds.map((deed) => words.cells(deed));
  switch (format) {
    case "csv":
      return [CSV_START + csvLine(words.headings), ...rows.map((cells) => csvLine(cells))];
    case "json":
      return [`${JSON.stringify(deeds.map(recordOf), null, 2)}\n`];
    case "xlsx":
      return xlsxPieces({
        ...words.sheet,
        headings: words.headings,
        rows: inTurn(rows),
        rowCount: rows.length,
      });
  }
}

async function* inTurn<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

/** A deed as programs read it; moments in ISO 8601. */
export function recordOf({ n, at, deed, by, about, ended }: HistoryDeed) {
  return {
    number: n,
    at: new Date(at).toISOString(),
    deed,
    by,
    ...about,
    ...(ended
      ? {
          end: ended.end,
          problem: ended.problem,
          came: ended.count,
          endedAt: new Date(ended.at).toISOString(),
        }
      : { end: "unknown" }),
  };
}
