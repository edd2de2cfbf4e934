/** Text of every format as the tables and lists it holds: what it is, its content says, then its file's name. */
import { isBracketed, bracketedRows } from "./bracketed.ts";
import { csvRows } from "./csv-rows.ts";
import { drawnRows, isDrawn } from "./drawn-table.ts";
import { jsonSources } from "../json/json-sources.ts";
import { nameRows } from "../name-lines.ts";
import type { Row, RowSource } from "../row.ts";
import { decodedChunks } from "./text-encoding.ts";
import { textForm } from "./text-form.ts";
import { isRecords, recordSource } from "./records.ts";
import { isVcard, vcardSource } from "./vcard.ts";

/** An object, or an array of something that JSON has; a wiki's table begins with a brace too. */
const JSON_START = /^\s*(?:\{(?!\|)|\[\s*(?:["{[\]]|(?:-?\d[\d.eE+-]*|true|false|null)\s*,))/;

/** How much is looked at to find out what a text is. */
const HEAD = 1 << 16;

/**
 * Finds the tables and lists of a text.
 * @throws {BrokenList} when it says that it is JSON and isn't
 */
export async function textSources(
  bytes: Uint8Array,
  { name, encoding }: { readonly name: string; readonly encoding: string },
): Promise<readonly RowSource[]> {
  const chunks = (): Iterable<string> => decodedChunks(bytes, encoding);
  const head = beginning(chunks());
  if (!/\S/.test(head) && bytes.length < HEAD) return [];
  if (isVcard(head)) return [vcardSource(whole(chunks()))];
  const isCalledJson = /\.(?:json|jsonl|ndjson|geojson)$/i.test(name);
  if (!isCalledJson && isBracketed(head, bytes.length <= HEAD)) return [bracketedRows(whole(chunks()))];
  if (isCalledJson || JSON_START.test(head)) return jsonSources(whole(chunks()));
  const old = encoding === "windows-1256" ? { isOldPersian: true } : {};
  return [{ ...tableSource(head, name, chunks), ...old }];
}

function tableSource(head: string, name: string, chunks: () => Iterable<string>): RowSource {
  if (isRecords(head)) return recordSource(whole(chunks()));
  if (isDrawn(head)) return { batches: (leftOut) => drawnRows(whole(chunks()), leftOut) };
  const found = textForm(head, name);
  switch (found.kind) {
    case "names":
      return { isPlain: true, batches: () => nameRows(chunks(), found) };
    case "quotedLines":
      return quotedLines(whole(chunks()), name);
    case "table": {
      const { form, hasSeparatorLine } = found;
      return {
        batches: (leftOut) => {
          if (hasSeparatorLine && leftOut) leftOut.otherLines++;
          return withoutFirst(csvRows(whole(chunks()), form), hasSeparatorLine);
        },
      };
    }
  }
}

/** A table each line of which stands in quotes: what is inside is the table. */
function quotedLines(text: string, name: string): RowSource {
  const inside = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/^\s*"|"[;,\s]*$/g, "").replaceAll('""', '"'))
    .join("\n");
  return tableSource(inside.slice(0, HEAD), name, () => [inside]);
}

function* withoutFirst(batches: Iterable<readonly Row[]>, isOn: boolean): Generator<readonly Row[]> {
  let isFirst = isOn;
  for (const batch of batches) {
    yield isFirst ? batch.slice(1) : batch;
    isFirst = false;
  }
}

function beginning(chunks: Iterable<string>): string {
  let text = "";
  for (const chunk of chunks) {
    text += chunk;
    if (text.length >= HEAD) break;
  }
  return text;
}

function whole(chunks: Iterable<string>): string {
  return [...chunks].join("");
}
