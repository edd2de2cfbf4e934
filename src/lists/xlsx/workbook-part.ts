import { BrokenList } from "../row.ts";
import type { Archive } from "./archive.ts";
import type { Relationship } from "./relationships.ts";
import { partOf, relationshipsOf } from "./relationships.ts";
import { isYes, prefixed, readXml } from "./xml.ts";

/** A tab as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: string;
}

/** What a workbook says of its parts. */
export interface WorkbookPart {
  readonly sheets: readonly SheetEntry[];
  readonly has1904Dates: boolean;
  /** Names of parts. */
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
}

/** Where the workbook lies if the archive doesn't say: everywhere the same. */
const USUAL_PART = "xl/workbook.xml";
/** Where texts, slides and drawings lie. */
const OTHER_DOCUMENTS = /^(?:word|ppt|visio)\//i;

/** Finds the part that lists the sheets; undefined when the archive is no spreadsheet. */
export async function findWorkbook(archive: Archive): Promise<string | undefined> {
  const relationships = await relationshipsOf(archive, "");
  const document = [...relationships.values()].find(({ type }) => type === "officeDocument");
  const part = document?.target ?? USUAL_PART;
  return archive.has(part) && !OTHER_DOCUMENTS.test(part) ? part : undefined;
}

/** Reads the part that lists the sheets. */
export async function readWorkbookPart(archive: Archive, part: string): Promise<WorkbookPart> {
  const relationships = await relationshipsOf(archive, part);
  const tabs: SheetEntry[] = [];
  let has1904Dates = false;
  await readXml(archive.text(part), {
    open(name, attributes) {
      if (name === "workbookPr") has1904Dates = isYes(attributes["date1904"]);
      if (name !== "sheet") return;
      const relationship = relationships.get(prefixed(attributes, "id") ?? "");
      if (relationship && relationship.type !== "worksheet") return; // a chart, or macros of an old kind
      const { name: tab = "", state = "visible" } = attributes;
      tabs.push({ name: tab, isHidden: state !== "visible", part: partOf(archive, relationship) });
    },
  });
  if (new Set(tabs.map((tab) => tab.part.toLowerCase())).size < tabs.length) throw new BrokenList("xlsx");
  return {
    sheets: tabs,
    has1904Dates,
    sharedStrings: partOfType(archive, relationships, "sharedStrings"),
    styles: partOfType(archive, relationships, "styles"),
  };
}

function partOfType(
  archive: Archive,
  relationships: ReadonlyMap<string, Relationship>,
  type: string,
): string | undefined {
  const relationship = [...relationships.values()].find((one) => one.type === type);
  return relationship && partOf(archive, relationship);
}
