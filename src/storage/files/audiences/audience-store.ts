/**
 * Audiences in `data/audiences.json`, and the people of kept lists in `data/audiences/`. Owns both; promises that a list is there
 * whole or not at all: its people are on disk before its name is.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "../../../lib/clock.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type { AudienceReads, AudienceStore, KeptRow } from "../../ports/audiences.ts";
import type { StoredAudience } from "../../ports/documents/audience-schema.ts";
import { storedAudience } from "../../ports/documents/audience-schema.ts";
import type { KeptPeople } from "../../ports/documents/audiences.ts";
import { audienceReads, audiencesIn } from "../../ports/documents/audiences.ts";
import type { ListStore } from "../../ports/lists.ts";
import { isListId, listsFolder } from "../lists/list-files.ts";
import { listRows, openListStore } from "../lists/list-store.ts";

/** The document in the data folder, and the folder of its lists. */
export const AUDIENCES_FILE = "audiences.json";
export const AUDIENCES_FOLDER = "audiences";

const format = { version: 1, schema: z.array(storedAudience) };

export interface AudienceStoreParts {
  readonly clock: Pick<Clock, "now">;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  /** Told when the document can't be understood: it was set aside. */
  readonly onProblem: (error: Error) => void;
}

/** Opens the audiences of a data folder; people whose list was never named, or is no more, are thrown away. */
export async function openAudienceStore(dataDir: string, parts: AudienceStoreParts): Promise<AudienceStore> {
  const { clock, beforeWrite, onProblem } = parts;
  let isWhole = true;
  const document = await openDocument<readonly StoredAudience[]>(join(dataDir, AUDIENCES_FILE), {
    ...format,
    initial: [],
    beforeWrite,
    onSetAside: (error) => {
      isWhole = false;
      onProblem(error);
    },
  });
  const folder = join(dataDir, AUDIENCES_FOLDER);
  const lists = await openListStore(folder, { clock });
  // What a document that was set aside names is left for whoever mends it.
  if (isWhole) for (const id of await unnamed(folder, document.get())) await lists.discard(id);
  return audiencesIn(document, {
    ...peopleIn(folder),
    write: (columns, rows) => written(lists, columns, rows),
    discard: (listId) => lists.discard(listId),
  });
}

/** Looks at the audiences of a data folder without opening anything, beside whoever owns it. */
export function lookAtAudiences(dataDir: string): AudienceReads {
  return audienceReads(
    async () => (await readDocument(join(dataDir, AUDIENCES_FILE), format)) ?? [],
    peopleIn(join(dataDir, AUDIENCES_FOLDER)),
  );
}

function peopleIn(folder: string): Pick<KeptPeople, "rows" | "among"> {
  return {
    rows: (listId) => listRows(folder, listId),
    async among(listId, usernames) {
      const meant = new Set(usernames);
      const found: KeptRow[] = [];
      for await (const row of listRows(folder, listId)) if (meant.has(row.username)) found.push(row);
      return found;
    },
  };
}

/** Lists that no name stands for: a crash came between the two. */
async function unnamed(folder: string, stored: readonly StoredAudience[]): Promise<readonly string[]> {
  const named = new Set(stored.flatMap((one) => (one.kind === "list" ? [one.listId] : [])));
  return (await readdir(listsFolder(folder))).filter((id) => isListId(id) && !named.has(id));
}

async function written(
  lists: Pick<ListStore, "create">,
  columns: readonly string[],
  rows: AsyncIterable<KeptRow> | Iterable<KeptRow>,
): Promise<{ readonly listId: string; readonly count: number }> {
  await using writer = await lists.create(columns);
  for await (const { username, values } of rows) {
    const slowDown = writer.add(username, values);
    if (slowDown) await slowDown;
  }
  return await writer.finish();
}
