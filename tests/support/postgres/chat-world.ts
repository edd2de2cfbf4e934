/** The bot's things in a test database, taken over by whoever opens them. */
import { z } from "zod";
import { openSpoolRows } from "../../../src/bot/intake/spool-rows.ts";
import { openBotDocument } from "../../../src/storage/postgres/chat/bot-documents.ts";
import { takeHold } from "../../../src/storage/postgres/chat/hold.ts";
import { StoredUploads } from "../../../src/storage/postgres/chat/stored-uploads.ts";
import { UpdateRows } from "../../../src/storage/postgres/chat/update-rows.ts";
import type { Database } from "../../../src/storage/postgres/database.ts";

const words = { name: "words", version: 1, schema: z.array(z.number()), initial: [] };

const fail = (problem: Error): never => {
  throw problem;
};

export type Chat = Awaited<ReturnType<typeof openChat>>;

/** A document of numbers, and the spool of updates. */
export async function openChat(database: Database) {
  const hold = await takeHold(database, "chat");
  const rows = new UpdateRows(database, hold);
  const document = await openBotDocument({ database, hold, onSetAside: fail }, words);
  const uploads = new StoredUploads(database, hold);
  return { hold, rows, uploads, document, spool: await openSpoolRows(rows) };
}
