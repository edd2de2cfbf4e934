import { BrokenList, ListTooLarge } from "../row.ts";
import type { Archive } from "./archive.ts";
import type { CellRange } from "./cell-reference.ts";
import { MOST_COLUMNS, rangeOf } from "./cell-reference.ts";
import type { Marked } from "./range-sweep.ts";
import type { Relationship } from "./relationships.ts";
import { partOf, relationshipsOf } from "./relationships.ts";
import { readTable } from "./table.ts";
import { withoutRows } from "./without-rows.ts";
import type { Attributes } from "./xml.ts";
import { isYes, prefixed, readXml } from "./xml.ts";

/** What stands around the rows of a sheet and says how they are seen. */
export interface SheetFrame {
  readonly hiddenColumns: readonly CellRange[];
  /** Joined cells: only the one at the top left is seen. */
  readonly merged: readonly Marked<"merged">[];
  readonly links: readonly Marked<string>[];
  /** Blocks that a filter may hide rows of, their headers included. */
  readonly filters: readonly CellRange[];
  readonly totals: readonly Marked<"totals">[];
}

/** Of joined cells, links and filters together; Excel opens no sheet with more than 65,530 links. */
const MOST_MARKS = 250_000;

/** A frame that is being read. */
interface Draft {
  readonly hiddenColumns: CellRange[];
  readonly merged: Marked<"merged">[];
  readonly links: Marked<string>[];
  readonly filters: CellRange[];
}

/** Reads a sheet but for its rows, and the tables on it. */
export async function readFrame(archive: Archive, part: string): Promise<SheetFrame> {
  const relationships = await relationshipsOf(archive, part);
  const draft: Draft = { hiddenColumns: [], merged: [], links: [], filters: [] };
  await readXml(withoutRows(archive.text(part)), {
    open(name, attributes) {
      readElement(draft, relationships, { name, attributes });
      const count =
        draft.merged.length + draft.links.length + draft.filters.length + draft.hiddenColumns.length;
      if (count > MOST_MARKS) throw new ListTooLarge();
    },
  });
  const tables = await Promise.all(
    tableParts(archive, relationships).map((table) => readTable(archive, table)),
  );
  return {
    ...draft,
    filters: [...draft.filters, ...tables.flatMap(({ filter }) => filter ?? [])],
    totals: tables.flatMap(({ totals }) => (totals ? [{ range: totals, value: "totals" }] : [])),
  };
}

interface Element {
  readonly name: string;
  readonly attributes: Attributes;
}

function readElement(
  draft: Draft,
  relationships: ReadonlyMap<string, Relationship>,
  { name, attributes }: Element,
): void {
  switch (name) {
    case "col":
      if (isYes(attributes["hidden"]) || Number(attributes["width"] ?? 1) === 0)
        draft.hiddenColumns.push(columns(attributes));
      break;
    case "mergeCell":
      draft.merged.push({ range: rangeIn(attributes), value: "merged" });
      break;
    case "autoFilter":
      draft.filters.push(rangeIn(attributes));
      break;
    case "hyperlink": {
      const address = addressOf(attributes, relationships);
      if (address !== undefined) draft.links.push({ range: rangeIn(attributes), value: address });
    }
  }
}

function columns({ min, max }: Attributes): CellRange {
  const [first, last] = [Number(min), Number(max)];
  if (!(first >= 1 && last >= first && last <= MOST_COLUMNS)) throw new BrokenList("xlsx");
  return { firstColumn: first - 1, lastColumn: last - 1, firstRow: 1, lastRow: Infinity };
}

function rangeIn({ ref }: Attributes): CellRange {
  const range = rangeOf(ref ?? "");
  if (!range) throw new BrokenList("xlsx");
  return range;
}

/** A link to another place of the same workbook is nobody's address. */
function addressOf(
  attributes: Attributes,
  relationships: ReadonlyMap<string, Relationship>,
): string | undefined {
  const place = attributes["location"] ?? "";
  const target = relationships.get(prefixed(attributes, "id") ?? "");
  if (target?.isExternal) return place === "" ? target.target : `${target.target}#${place}`;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(place) ? place : undefined;
}

function tableParts(archive: Archive, relationships: ReadonlyMap<string, Relationship>): string[] {
  const tables = [...relationships.values()].filter(({ type }) => type === "table");
  return [...new Set(tables.map((table) => partOf(archive, table)))];
}
