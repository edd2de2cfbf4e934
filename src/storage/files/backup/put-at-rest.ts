/**
 * What a backup's data becomes before it is used again: nothing in it goes on by itself. Campaigns wait for a word each, and
 * collections and amendments that were under way are paused.
 */
import { open, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { AmendmentFold } from "../../../domain/amending/amendment-fold.ts";
import type { AmendmentEntry } from "../../../domain/amending/amendment.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import type { Restored } from "../../../domain/restored-mark.ts";
import { putBack } from "../../../domain/restored.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import { AMENDMENTS_FILE } from "../amendments/amendment-store.ts";
import { parseAmendmentLine } from "../../ports/documents/amendment-line.ts";
import { CAMPAIGN_FILE, campaignFormat, campaignsFolder } from "../campaigns/campaign-folders.ts";
import { OWN_REPLIES_FILE, openOwnReplyStore } from "../answers/own-reply-store.ts";
import { LEADS_FILE } from "../leads/lead-overview.ts";
import { parseLeadLine } from "../../ports/documents/lead-line.ts";

/** What was put at rest. */
export interface AtRest {
  readonly campaigns: number;
  /** Campaigns that wait for a word. */
  readonly paused: number;
  readonly collections: number;
}

/** Does it to the files of a folder that nobody has open. What can't be read stays as it is, for whoever opens it to say. */
export async function putAtRest(dataDir: string, when: Pick<Restored, "madeAt" | "at">): Promise<AtRest> {
  let [campaigns, paused, collections] = [0, 0, 0];
  for (const id of await namesIn(campaignsFolder(dataDir))) {
    const folder = join(campaignsFolder(dataDir), id);
    const document = await openDocument(join(folder, CAMPAIGN_FILE), campaignFormat).catch(() => undefined);
    await pauseAmending(join(folder, AMENDMENTS_FILE), when.at);
    if (!document) continue;
    campaigns++;
    const changed = await document.update((campaign) => putBack(campaign, when));
    if (changed?.status === "paused") paused++;
  }
  await leaveRepliesOpen(join(dataDir, OWN_REPLIES_FILE), when.at);
  for (const list of await namesIn(join(dataDir, "leads")))
    if (await pauseCollecting(join(dataDir, "leads", list, LEADS_FILE), when.at)) collections++;
  return { campaigns, paused, collections };
}

/** A reply that waited may have been sent since: nobody gets it twice. */
async function leaveRepliesOpen(path: string, at: number): Promise<void> {
  await using replies = await openOwnReplyStore(path);
  const waiting = (await replies.open()).filter(({ state }) => state === "planned");
  for (const { id } of waiting)
    await replies.settle(id, { state: "uncertain", why: "interruptedBeforeRecord" }, at);
}

async function pauseCollecting(path: string, at: number): Promise<boolean> {
  const fold = new LeadFold(() => new IdNumbers());
  const isRead = await eachLine(path, (line) => fold.apply(parseLeadLine(line)));
  if (!isRead || fold.request?.status.kind !== "running") return false;
  await append(path, { t: "pause", pause: { kind: "restored" }, at } satisfies LeadEntry);
  return true;
}

async function pauseAmending(path: string, at: number): Promise<void> {
  const fold = new AmendmentFold();
  const isRead = await eachLine(path, (line) => void fold.apply(parseAmendmentLine(line)));
  const { open: unfinished } = fold;
  if (!isRead || unfinished?.status !== "running") return;
  await append(path, { t: "status", n: unfinished.number, status: "paused", at } satisfies AmendmentEntry);
}

/** False where there is no such file, or a line of it can't be read. */
async function eachLine(path: string, onLine: (line: string) => void): Promise<boolean> {
  try {
    for (const line of (await readFile(path, "utf8")).split("\n")) if (line !== "") onLine(line);
    return true;
  } catch {
    return false;
  }
}

async function append(path: string, entry: object): Promise<void> {
  await using file = await open(path, "a");
  await file.writeFile(`${JSON.stringify(entry)}\n`);
  await file.sync();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  await createFolder(folder);
  return readdir(folder);
}
