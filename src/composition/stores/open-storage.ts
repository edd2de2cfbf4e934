/** Chooses where everything is kept. Only what is chosen is loaded: nobody waits for a database's driver who has none. */
import type { DocumentDescription } from "../../bot/documents.ts";
import { Opened } from "../../lib/opened.ts";
import { TroubledError } from "../../lib/trouble.ts";
import type { HistoryStore } from "../../storage/ports/history.ts";
import type {
  OpenPlanning,
  OpenReads,
  PlanningParts,
  ReadsParts,
  Storage,
  StorageParts,
  StorageSettings,
} from "./stores.ts";

/** @throws when it is another process's, or can't be read */
export async function openStorage(settings: StorageSettings, parts: StorageParts): Promise<Storage> {
  if (settings.store !== "postgres") {
    const { openFileStorage } = await import("./files/file-storage.ts");
    return openFileStorage(settings, parts);
  }
  const url = databaseOf(settings);
  const { openPostgresStorage } = await import("./postgres/postgres-storage.ts");
  return openPostgresStorage({ ...settings, url }, parts);
}

/** Opens what is kept for whoever only looks. */
export async function openReads(settings: StorageSettings, parts: ReadsParts): Promise<OpenReads> {
  if (settings.store !== "postgres") {
    const { openFileReads } = await import("./files/file-reads.ts");
    return openFileReads(settings.dataDir, parts);
  }
  const url = databaseOf(settings);
  const { openPostgresReads } = await import("./postgres/postgres-reads.ts");
  return openPostgresReads({ ...settings, url }, parts);
}

/** Opens what a plan is made of. */
export async function openPlanning(settings: StorageSettings, parts: PlanningParts): Promise<OpenPlanning> {
  if (settings.store !== "postgres") {
    const { openFilePlanning } = await import("./files/file-planning.ts");
    return openFilePlanning(settings, parts);
  }
  const url = databaseOf(settings);
  const { openPostgresPlanning } = await import("./postgres/postgres-planning.ts");
  return openPostgresPlanning({ ...settings, url }, parts);
}

/** Opens the history alone. @throws {LeaseTakenError} when it is another process's */
export async function openHistory(
  settings: StorageSettings,
  parts: Pick<ReadsParts, "opened" | "clock">,
): Promise<HistoryStore> {
  if (settings.store !== "postgres") {
    const { openFileHistory } = await import("./files/file-storage.ts");
    return openFileHistory(settings.dataDir, parts);
  }
  const url = databaseOf(settings);
  const { openLooking } = await import("./postgres/postgres-reads.ts");
  return (await openLooking({ ...settings, url }, parts)).stores.history;
}

/** Reads what the bot keeps, beside whoever talks with Telegram. @throws {BrokenDocumentError} */
export async function readBotDocument<T>(
  settings: StorageSettings,
  description: DocumentDescription<T>,
): Promise<T> {
  if (settings.store !== "postgres") {
    const { readFileBotDocument } = await import("./files/file-front.ts");
    return readFileBotDocument(settings.dataDir, description);
  }
  const { readStoredBotDocument } = await import("./postgres/postgres-front.ts");
  return readStoredBotDocument(databaseOf(settings), description);
}

/** How many are still to be taken out of all that is kept. */
export async function erasuresWaitingIn(
  settings: StorageSettings,
  parts: Pick<ReadsParts, "clock">,
): Promise<number> {
  if (settings.store !== "postgres") {
    const { pendingErasures } = await import("../../storage/files/erasing/erased-store.ts");
    return pendingErasures(settings.dataDir);
  }
  const url = databaseOf(settings);
  const { openLooking } = await import("./postgres/postgres-reads.ts");
  await using opened = new Opened();
  return (await (await openLooking({ ...settings, url }, { ...parts, opened })).erased.pending()).length;
}

/** @throws {TroubledError} when the settings name none */
export function databaseOf({ databaseUrl }: Pick<StorageSettings, "databaseUrl">): string {
  if (databaseUrl !== undefined) return databaseUrl;
  throw new TroubledError("STORE=postgres needs DATABASE_URL, the address of the database.", {
    code: "storeNoDatabase",
  });
}
