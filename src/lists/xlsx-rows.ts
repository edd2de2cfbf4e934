import { once } from "node:events";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Row } from "./row.ts";
import { BrokenList, ROWS_PER_BATCH } from "./row.ts";

type Cell = string | number | boolean | Date | null;

/** Twice what the largest spreadsheet that passes the checks was seen to take. */
const WORKER_HEAP_MB = 1024;

/**
 * The thread that reads: it parses the workbook in one go, which would hold up everything else for seconds, and hands
 * out rows of the first sheet that has any, as many at a time as it is asked for. It is a text because a thread can't be
 * started from a TypeScript file on every Node this runs on. Numbers stay the digits the file has.
 */
const READER = `
const { parentPort, workerData } = require("node:worker_threads");
const { default: readSheets } = require(workerData.library);
const reading = readSheets(Buffer.from(workerData.zip), { parseNumber: (digits) => digits, trim: false });
let next = 0;
parentPort.on("message", async (count) => {
  const sheets = await reading;
  const rows = sheets.find(({ data }) => data.length > 0)?.data ?? [];
  parentPort.postMessage(rows.slice(next, next += count));
});
`;

/**
 * Reads the rows of a spreadsheet's first sheet that has any. Must only be given what {@link unpackingRisk} let pass.
 * @throws {BrokenList} when it is no spreadsheet
 */
export async function* xlsxRows(zip: Buffer): AsyncGenerator<readonly Row[]> {
  const library = createRequire(import.meta.url).resolve("read-excel-file/node");
  const reader = new Worker(READER, {
    eval: true,
    workerData: { library, zip },
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  });
  const failure = once(reader, "exit").then(asFailure, asFailure);
  try {
    for (let line = 1; ;) {
      const rows = await nextRows(reader, failure);
      if (rows.length === 0) return;
      yield rows.map((cells) => ({ line: line++, cells: cells.map(asText) }));
    }
  } finally {
    await reader.terminate();
  }
}

type CellRows = readonly (readonly Cell[])[];

/** A reader that stopped, whether with an error or without: only a broken or too large workbook does that. */
function asFailure(): BrokenList {
  return new BrokenList("xlsx");
}

async function nextRows(reader: Worker, failure: Promise<BrokenList>): Promise<CellRows> {
  const answer = new Promise<CellRows>((resolve) => reader.once("message", resolve));
  reader.postMessage(ROWS_PER_BATCH, []);
  const rows = await Promise.race([answer, failure]);
  if (rows instanceof BrokenList) throw rows;
  return rows;
}

function asText(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return withoutExponent(String(cell));
}

/** Long digits in a number cell may be written as 9.89121234567E+11. */
function withoutExponent(text: string): string {
  if (!/^-?\d+(?:\.\d+)?E\+?\d+$/i.test(text)) return text;
  const number = Number(text);
  return Number.isInteger(number) ? BigInt(number).toString() : text;
}
