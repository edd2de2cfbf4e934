/**
 * What the bot and the pages keep in the database. A file that no chat can take
 * lies on the machine of whoever talks: it is made anew whenever it is asked for.
 */
import { join } from "node:path";
import { z } from "zod";
import type { DocumentDescription } from "../../../bot/documents.ts";
import { openSpoolRows } from "../../../bot/intake/spool-rows.ts";
import { keepMade } from "../../../lib/files/made-file.ts";
import { newPageKey } from "../../../lib/pages/page-key.ts";
import { openBotDocument, readBotDocument } from "../../../storage/postgres/chat/bot-documents.ts";
import { takeHold } from "../../../storage/postgres/chat/hold.ts";
import {
  StoredUploads,
  isStoredUpload,
  storedUpload,
} from "../../../storage/postgres/chat/stored-uploads.ts";
import { UpdateRows } from "../../../storage/postgres/chat/update-rows.ts";
import type { Database } from "../../../storage/postgres/database.ts";
import { openDatabase } from "../../../storage/postgres/database.ts";
import { documentIn } from "../../../storage/postgres/documents/documents.ts";
import { TOPIC as ERASED } from "../../../storage/postgres/erasing/erased-store.ts";
import { prepareDatabase } from "../../../storage/postgres/own-schema.ts";
import type { Wakes } from "../../../storage/postgres/wakes.ts";
import type { FrontStore, OpenChat } from "../stores.ts";

export interface PostgresFrontParts {
  readonly database: Database;
  readonly wakes: Pick<Wakes, "on">;
  readonly dataDir: string;
  /** Told of what can't be understood: it was set aside, and is begun anew. */
  readonly onProblem: (error: Error) => void;
}

export function createPostgresFront(parts: PostgresFrontParts): FrontStore {
  const { database, dataDir } = parts;
  const key = documentIn(database, { kind: "page-key", schema: z.string(), initial: "" });
  return {
    openChat: () => openPostgresChat(parts),
    sent: { isThere: isStoredUpload, open: (path) => storedUpload(database, path) },
    pageKey: async () => (await key.update((kept) => kept || newPageKey())) ?? "",
    keepFile: (file) => keepMade(file, join(dataDir, "exports")),
  };
}

async function openPostgresChat({ database, wakes, onProblem }: PostgresFrontParts): Promise<OpenChat> {
  const hold = await takeHold(database, "chat");
  // Whoever takes somebody out of what is kept here takes the hold; where it can't be looked, the next write tells.
  const erased = wakes.on(ERASED, () => void hold.look().catch(() => undefined));
  const rows = new UpdateRows(database, hold);
  return {
    document: (description) => openBotDocument({ database, hold, onSetAside: onProblem }, description),
    openSpool: (handled) => openSpoolRows(rows, handled),
    keepAside: (update) => rows.setAside(update),
    uploads: new StoredUploads(database, hold),
    lost: hold.lost,
    [Symbol.asyncDispose]: async () => erased[Symbol.dispose](),
  };
}

export async function readStoredBotDocument<T>(url: string, description: DocumentDescription<T>): Promise<T> {
  await prepareDatabase(url);
  await using database = openDatabase({ url });
  return readBotDocument(database, description);
}
