/**
 * What operators sent, in rows, for whoever has the hold of the chat; any process reads it. It is known by an id that looks
 * like no path of a disk.
 */
import { randomUUID } from "node:crypto";
import type { Queryable } from "../database.ts";
import { inPieces } from "../pieces.ts";
import * as sql from "./chat-sql.ts";
import type { Hold } from "./hold.ts";

const SENT = "upload:";

/** Tells whether it is known by an id, and not by its path on somebody's disk. */
export function isStoredUpload(path: string): boolean {
  return path.startsWith(SENT);
}

/** Reads one from its start. @throws when it is not there, or not whole */
export async function* storedUpload(database: Queryable, path: string): AsyncGenerator<Uint8Array> {
  if ((await database.query(sql.UPLOAD, [path])).count === 0) throw new Error("what was sent is gone");
  for (let number = 0; ; number++) {
    const { rows } = await database.query<{ piece: Buffer }>(sql.UPLOAD_PIECE, [path, number]);
    if (!rows[0]) return;
    yield rows[0].piece;
  }
}

export class StoredUploads {
  readonly #database: Queryable;
  readonly #hold: Hold;

  constructor(database: Queryable, hold: Hold) {
    this.#database = database;
    this.#hold = hold;
  }

  newPath(): string {
    return SENT + randomUUID();
  }

  async write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#hold.write(sql.BEGIN_UPLOAD, [path]);
    let number = 0;
    for await (const piece of inPieces(content))
      await this.#database.query(sql.ADD_UPLOAD_PIECE, [path, number++, piece]);
    await this.#database.query(sql.WHOLE_UPLOAD, [path]);
  }

  async has(path: string): Promise<boolean> {
    return (await this.#database.query(sql.UPLOAD, [path])).count > 0;
  }

  async remove(path: string): Promise<void> {
    await this.#hold.write(sql.REMOVE_UPLOAD, [path]);
  }

  async all(): Promise<readonly { readonly path: string; readonly at: number }[]> {
    const { rows } = await this.#database.query<{ id: string; at: number }>(sql.UPLOADS);
    return rows.map(({ id, at }) => ({ path: id, at }));
  }
}
