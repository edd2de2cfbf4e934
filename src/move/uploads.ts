/** What operators sent and did not use yet: files by their paths in a folder, rows by ids in the database; drafts name them so. */
import { open, readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { filePieces } from "../lib/files/file-pieces.ts";
import { PRIVATE_FILE } from "../lib/files/private-files.ts";
import { createFolder } from "../lib/files/sync-folder.ts";
import { storedUpload } from "../storage/postgres/chat/stored-uploads.ts";
import { ADD_UPLOAD_PIECE } from "../storage/postgres/chat/chat-sql.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import type { Mover, PieceIn, PieceOut } from "./piece.ts";

const FOLDER = "uploads";
const ID = /^[0-9a-f-]{36}$/;

/** $1 id, $2 moment */
const PUT = `insert into peyk.uploads (id, at, is_whole) values ($1, $2, true)`;
const ALL = `select id, at from peyk.uploads where is_whole order by at, id`;

export const uploads: Mover = {
  async inFolder(dataDir) {
    const names = (await readdir(join(dataDir, FOLDER)).catch(() => [])).filter((name) => ID.test(name));
    return names.map((name): PieceIn => ({
      name: `${FOLDER}/${name}`,
      fill: (to) => fill(to, name, join(dataDir, FOLDER, name)),
    }));
  },
  async inDatabase(database) {
    const { rows } = await database.query<{ id: string; at: number }>(ALL);
    return rows.map(({ id, at }): PieceOut => ({
      name: `${FOLDER}/${nameOf(id)}`,
      write: (from, dataDir) => write(from, { id, at }, join(dataDir, FOLDER)),
    }));
  },
};

const nameOf = (id: string): string => id.replace(/^upload:/, "");

async function fill(to: Queryable, name: string, path: string): Promise<void> {
  const id = `upload:${name}`;
  await to.query(PUT, [id, Math.round((await stat(path)).mtimeMs)]);
  let number = 0;
  for await (const piece of filePieces(path)) await to.query(ADD_UPLOAD_PIECE, [id, number++, piece]);
}

async function write(
  from: Queryable,
  { id, at }: { readonly id: string; readonly at: number },
  folder: string,
): Promise<void> {
  await createFolder(folder);
  const path = join(folder, nameOf(id));
  const file = await open(path, "w", PRIVATE_FILE);
  try {
    for await (const piece of storedUpload(from, id)) await file.appendFile(piece);
    await file.datasync();
  } finally {
    await file.close();
  }
  await utimes(path, at / 1000, at / 1000);
}

const PATH = /^(?:.*[\\/])?uploads[\\/]([0-9a-f-]{36})$/;
const STORED = /^upload:([0-9a-f-]{36})$/;

/** A value that names uploads by their paths, as one that names them by their ids. */
export function namedById(value: unknown): unknown {
  return withTexts(value, (text) => text.replace(PATH, "upload:$1"));
}

/** The other way round. @param home The folder in which they will lie */
export function namedByPath(value: unknown, home: string): unknown {
  return withTexts(value, (text) => {
    const name = STORED.exec(text)?.[1];
    return name === undefined ? text : join(home, FOLDER, name);
  });
}

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTexts(one, change)]));
}
