/**
 * Names that other tools marked as sent for a task id, in `earlier_checkpoint.json` beside its journal. The checkpoint
 * itself is a snapshot that is rewritten and cleaned up; this file keeps what it was given, for names that only come
 * with a later list.
 */
import { join } from "node:path";
import type { CampaignId } from "../../../domain/campaign.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";

/** The file's name in a campaign's folder. */
export const EARLIER_FILE = "earlier_checkpoint.json";

/** Everyone other tools wrote to for this task id; empty when there is nobody. */
export async function readEarlierNames(folder: string): Promise<Set<string>> {
  return new Set((await readCheckpoint(join(folder, EARLIER_FILE)))?.names());
}

export interface NewEarlierNames {
  readonly campaignId: CampaignId;
  readonly names: ReadonlySet<string>;
  /** ms since the epoch */
  readonly at: number;
  /** Called right before the write; throws when this process may write no more. */
  readonly beforeWrite: () => void;
}

/** Adds names for good; a folder for a campaign to come is made. Answers everyone kept and how many were new. */
export async function keepEarlierNames(
  folder: string,
  { campaignId, names, at, beforeWrite }: NewEarlierNames,
): Promise<{ readonly all: Set<string>; readonly added: number }> {
  await createFolder(folder);
  const all = await readEarlierNames(folder);
  const before = all.size;
  for (const name of names) all.add(name);
  const added = all.size - before;
  if (added === 0) return { all, added };
  beforeWrite();
  await writeCheckpoint(join(folder, EARLIER_FILE), { campaignId, sent: once([...all]), failed: 0, at });
  return { all, added };
}

async function* once(names: readonly string[]): AsyncGenerator<readonly string[]> {
  yield names;
}
