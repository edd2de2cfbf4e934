/** Reading what is in `data/campaigns/` at the start: each folder holds a campaign, one that can't be used, or none yet. */
import type { Dirent } from "node:fs";
import { access, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { campaignKey, isCampaignId } from "../../../domain/campaign.ts";
import type { Document } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { PRIVATE_FILE } from "../../../lib/files/private-files.ts";
import { BrokenDocumentError } from "../../../lib/files/stored-document.ts";
import { syncFolder } from "../../../lib/files/sync-folder.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";

/** The document in a campaign's folder. */
export const CAMPAIGN_FILE = "campaign.json";

/** The journal in a campaign's folder; the ledger's. */
export const JOURNAL_FILE = "journal.jsonl";

export const campaignFormat = { version: 1, schema: campaignSchema };

/** Where all campaigns are. */
export function campaignsFolder(dataDir: string): string {
  return join(dataDir, "campaigns");
}

/** A task id that is taken: by a campaign, or by one that can't be used for the reason given. */
export type LoadedCampaign =
  | { readonly id: CampaignId; readonly document: Document<Campaign> }
  | { readonly id: CampaignId; readonly problem: Error };

/**
 * Opens every campaign there is. Folders without campaign and journal are free: they hold a checkpoint somebody put there
 * for a campaign to come, or what a crash left before the campaign was first saved.
 */
export async function loadCampaigns(
  dataDir: string,
  beforeWrite: () => void,
): Promise<readonly LoadedCampaign[]> {
  const loaded: LoadedCampaign[] = [];
  for (const entry of await entriesOf(dataDir)) {
    if (!entry.isDirectory() || !isCampaignId(entry.name)) continue;
    const path = join(campaignsFolder(dataDir), entry.name, CAMPAIGN_FILE);
    if (!(await isFree(path))) loaded.push(await loadCampaign(path, entry.name, beforeWrite));
  }
  return loaded;
}

/** The folders there are for a task id in any spelling. */
export async function foldersOf(dataDir: string, key: string): Promise<readonly CampaignId[]> {
  const entries = await entriesOf(dataDir);
  return entries.filter((one) => one.isDirectory() && campaignKey(one.name) === key).map(({ name }) => name);
}

/** None while nobody has used the data folder. */
async function entriesOf(dataDir: string): Promise<readonly Dirent[]> {
  return readdir(campaignsFolder(dataDir), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}

/**
 * A journal without its campaign can't be started over: what happened to whom would be ascribed to others. One that says
 * nothing yet was made for a campaign that never came to be.
 */
async function isFree(path: string): Promise<boolean> {
  if (await exists(path)) return false;
  const journal = await stat(join(dirname(path), JOURNAL_FILE)).catch(() => undefined);
  return !journal || journal.size === 0;
}

/**
 * Makes a campaign's journal, which is there before the campaign is: where it is missing later, somebody lost it, and
 * whoever was written to would be written to again.
 */
export async function beginJournal(folder: string): Promise<void> {
  const file = await open(join(folder, JOURNAL_FILE), "a", PRIVATE_FILE);
  await file.sync();
  await file.close();
  await syncFolder(folder);
}

async function loadCampaign(path: string, id: CampaignId, beforeWrite: () => void): Promise<LoadedCampaign> {
  try {
    const document = await openDocument(path, { ...campaignFormat, beforeWrite });
    const named = document.get().id;
    if (named !== id)
      throw new BrokenDocumentError(path, [
        `it is of the campaign ${named}`,
        { code: "otherCampaign", with: { id: named } },
      ]);
    const journal = join(dirname(path), JOURNAL_FILE);
    if (!(await exists(journal)))
      throw new TroubledError(
        `${journal} is gone, and with it who was written to. Put it back from a backup.`,
        {
          code: "journalGone",
          with: { path: journal },
        },
      );
    return { id, document };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { id, problem: error };
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
