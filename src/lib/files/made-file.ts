/** Files that somebody asked for: made when they are opened, with a name and no place on anybody's disk until one is written. */
import { join, parse } from "node:path";
import type { Pieces } from "./atomic-file.ts";
import { writeFileAtomically } from "./atomic-file.ts";
import { createFolder } from "./sync-folder.ts";

export interface MadeFile {
  readonly name: string;
  /** Makes the content from its start, as often as it is asked for. */
  open(this: void): Pieces;
  /** A text that stands beside it wherever it is written, under the same name with another ending. */
  readonly beside?: { readonly ending: string; readonly text: string };
}

/** Writes one somewhere on this disk; answers where. */
export type KeepFile = (file: MadeFile) => Promise<string>;

/** Writes it, and what stands beside it, as that file; one that is there is replaced. */
export async function writeMade({ open, beside }: MadeFile, path: string): Promise<void> {
  const { dir, name } = parse(path);
  if (beside) await writeFileAtomically(join(dir, `${name}${beside.ending}`), beside.text);
  await writeFileAtomically(path, open());
}

/** Writes it into a folder, which is made when it is missing; answers its path. */
export async function keepMade(file: MadeFile, folder: string): Promise<string> {
  await createFolder(folder);
  const path = join(folder, file.name);
  await writeMade(file, path);
  return path;
}
