/** A campaign's attachments, in pieces of some size, so that nobody holds a whole one in memory. */
import type { CampaignId } from "../../../domain/campaign.ts";
import type { StoredFile } from "../../ports/files.ts";
import type { Database, Queryable } from "../database.ts";
import { inPieces } from "../pieces.ts";
import * as sql from "./campaigns-sql.ts";

/** Writes a content under the next free name and answers that; of two at the same moment each has its own. */
export async function addAttachment(
  database: Database,
  id: CampaignId,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  const file = await newName(database, id);
  try {
    let [number, size] = [0, 0];
    for await (const piece of inPieces(content)) {
      await database.query(sql.ADD_PIECE, [id, file, number++, piece]);
      size += piece.length;
    }
    await database.query(sql.WHOLE_ATTACHMENT, [id, file, size]);
    return file;
  } catch (error) {
    // What stays behind is no attachment: nobody finds it.
    await database.query(sql.FORGET_ATTACHMENT, [id, file]).catch(() => undefined);
    throw error;
  }
}

/** The content of an attachment; undefined when there is none of that name. */
export async function attachmentOf(
  database: Queryable,
  id: CampaignId,
  file: string,
): Promise<StoredFile | undefined> {
  const { rows } = await database.query<{ size: number }>(sql.ATTACHMENT, [id, file]);
  const [found] = rows;
  return found && { size: found.size, open: () => pieces(database, id, file) };
}

async function newName(database: Database, id: CampaignId): Promise<string> {
  for (;;) {
    const { rows } = await database.query<{ file: string }>(sql.NEW_ATTACHMENT, [id]);
    if (rows[0]) return rows[0].file;
  }
}

async function* pieces(database: Queryable, id: CampaignId, file: string): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number++) {
    const { rows } = await database.query<{ piece: Buffer }>(sql.PIECE, [id, file, number]);
    if (!rows[0]) return;
    yield rows[0].piece;
  }
}
