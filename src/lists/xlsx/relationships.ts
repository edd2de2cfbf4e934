import { posix } from "node:path";
import { BrokenList, ListTooLarge } from "../row.ts";
import type { Archive } from "./archive.ts";
import { readXml } from "./xml.ts";

/** What a part of an office document refers to. */
export interface Relationship {
  /** The last word of its type, the same in both editions of the standard: `worksheet`, `hyperlink`. */
  readonly type: string;
  /** A part's name, or an address where it leads outside. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** Excel opens no sheet with more than 65,530 links; a workbook of ten thousand sheets has fewer, too. */
const MOST_RELATIONSHIPS = 250_000;

/** Reads what a part refers to, by id. None when nothing is said; a part of no name stands for the whole document. */
export async function relationshipsOf(
  archive: Archive,
  part: string,
): Promise<ReadonlyMap<string, Relationship>> {
  const folder = posix.dirname(part);
  const file = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const found = new Map<string, Relationship>();
  if (!archive.has(file)) return found;
  await readXml(archive.text(file), {
    open(name, { Id: id, Type: type, Target: target, TargetMode: mode }) {
      if (name !== "Relationship" || id === undefined || target === undefined) return;
      const isExternal = mode === "External";
      if (found.size === MOST_RELATIONSHIPS) throw new ListTooLarge();
      found.set(id, {
        type: type?.slice(type.lastIndexOf("/") + 1) ?? "",
        target: isExternal ? target : partName(folder, target),
        isExternal,
      });
    },
  });
  return found;
}

/** Answers the part a relationship leads to. */
export function partOf(archive: Archive, relationship: Relationship | undefined): string {
  if (!relationship || relationship.isExternal || !archive.has(relationship.target))
    throw new BrokenList("xlsx");
  return relationship.target;
}

/** Only a name to look up in the archive: whatever it says, it reaches nothing else. */
function partName(folder: string, target: string): string {
  return posix.join("/", target.startsWith("/") ? "" : folder, target.replaceAll("\\", "/")).slice(1);
}
