/**
 * Campaigns, each a document in `data/campaigns/<task_id>/campaign.json` beside its lists, journal and checkpoint. Owns the
 * documents and the list files; promises that a campaign is saved whole, that one that can't be understood stops no
 * other, and that its task id is not given to a new one. Removes nothing.
 */
import { copyFile, link, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { campaignKey, folderProblem, isCampaignId } from "../../../domain/campaign.ts";
import type { Document } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { createFolder, syncFolder } from "../../../lib/files/sync-folder.ts";
import { addAttachment, attachmentIn } from "./attachments.ts";
import type { LoadedCampaign } from "./campaign-folders.ts";
import {
  CAMPAIGN_FILE,
  beginJournal,
  campaignFormat,
  campaignsFolder,
  foldersOf,
  loadCampaigns,
} from "./campaign-folders.ts";
import { correctLists } from "../lists/correct-list.ts";
import type { ListPlace } from "../lists/corrected-values.ts";
import { knownAfter } from "../lists/corrected-values.ts";
import { RECIPIENTS_FILE, listsFolder, readStoredList } from "../lists/list-files.ts";
import type { CorrectedLists } from "../../../domain/campaign.ts";
import type { GivenCorrection } from "../../../domain/campaign.ts";
import type { KnownRecipient } from "../../../domain/recipient.ts";
import type { CampaignStore } from "../../ports/campaigns.ts";
import { CampaignIdRefusedError } from "../../ports/campaigns.ts";

export interface CampaignStoreOptions {
  /** Called right before each write; throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told of each campaign that can't be used; the message names the file and what is wrong. */
  readonly onProblem?: (error: Error) => void;
}

/** Opens the store in a data folder and reads every campaign. */
export async function openCampaignStore(
  dataDir: string,
  options: CampaignStoreOptions = {},
): Promise<FileCampaignStore> {
  await createFolder(campaignsFolder(dataDir));
  const beforeWrite = options.beforeWrite ?? (() => {});
  const loaded = await loadCampaigns(dataDir, beforeWrite);
  for (const one of loaded) if ("problem" in one) options.onProblem?.(one.problem);
  return new FileCampaignStore({ dataDir, listsDir: dataDir, beforeWrite, loaded });
}

/**
 * Reads every campaign there is in order to look at them: nothing can be saved through it.
 * @param listsDir Where lists on their way are; the data folder unless given
 */
export async function lookAtCampaigns(
  dataDir: string,
  onProblem: (error: Error) => void,
  listsDir = dataDir,
): Promise<FileCampaignStore> {
  const loaded = await loadCampaigns(dataDir, mayNotWrite);
  for (const one of loaded) if ("problem" in one) onProblem(one.problem);
  return new FileCampaignStore({ dataDir, listsDir, beforeWrite: mayNotWrite, loaded });
}

function mayNotWrite(): never {
  throw new Error("This process only looks at campaigns.");
}

interface FileCampaignStoreParts {
  readonly dataDir: string;
  readonly listsDir: string;
  readonly beforeWrite: () => void;
  readonly loaded: readonly LoadedCampaign[];
}

export class FileCampaignStore implements CampaignStore {
  readonly #dataDir: string;
  readonly #listsDir: string;
  readonly #beforeWrite: () => void;
  /** Campaigns that can be used, as they are on disk. */
  readonly #documents = new Map<CampaignId, Promise<Document<Campaign>>>();
  readonly #campaigns = new Map<CampaignId, Campaign>();
  /** Ids whose files can't be used. */
  readonly #unusable = new Set<CampaignId>();
  /** Every id that has a campaign or is about to get one, by {@link campaignKey}. */
  readonly #ids = new Map<string, Set<CampaignId>>();
  /** Number of the last list file that was given out in each campaign. */
  readonly #lastLists = new Map<CampaignId, number>();
  /** Corrections are written one after the other: each finds a free name. */
  #correcting: Promise<unknown> = Promise.resolve();

  /** Use {@link openCampaignStore}. */
  constructor({ dataDir, listsDir, beforeWrite, loaded }: FileCampaignStoreParts) {
    this.#dataDir = dataDir;
    this.#listsDir = listsDir;
    this.#beforeWrite = beforeWrite;
    for (const one of loaded) {
      this.#note(one.id);
      if ("problem" in one) this.#unusable.add(one.id);
      else this.#documents.set(one.id, Promise.resolve(one.document));
      if ("document" in one) this.#campaigns.set(one.id, one.document.get());
    }
  }

  async all(): Promise<readonly Campaign[]> {
    return [...this.#campaigns.values()].toSorted((a, b) => b.createdAt - a.createdAt);
  }

  async get(id: CampaignId): Promise<Campaign | undefined> {
    return this.#campaigns.get(id);
  }

  /** The campaign as it is on disk: for other stores of these files, which ask it in the step that claims. */
  stored(id: CampaignId): Campaign | undefined {
    return this.#campaigns.get(id);
  }

  async spellings(id: CampaignId): Promise<readonly CampaignId[]> {
    const onDisk = await foldersOf(this.#dataDir, campaignKey(id));
    return [...new Set([...(this.#ids.get(campaignKey(id)) ?? []), ...onDisk])].toSorted();
  }

  /** @throws {CampaignIdRefusedError} see {@link adoptList} */
  async create(campaign: Campaign): Promise<boolean> {
    const { id } = campaign;
    for (let known = this.#documents.get(id); known; known = this.#documents.get(id)) {
      // Another one creates it just now; when that fails the id is free again.
      if (await known.then(Boolean, () => false)) return false;
    }
    await this.#create(campaign);
    return true;
  }

  async change(id: CampaignId, to: (from: Campaign) => Campaign | undefined): Promise<Campaign | undefined> {
    const document = await this.#documents.get(id);
    const changed = await document?.update((from) => checked(from, to(from)));
    if (document && changed) this.#campaigns.set(id, document.get());
    return changed;
  }

  async *recipients(id: CampaignId, listId?: string): AsyncGenerator<KnownRecipient> {
    const lists = this.#campaigns.get(id)?.lists ?? [];
    const given = listId === undefined ? undefined : await this.#placeOf(listId);
    yield* knownAfter({ folder: join(campaignsFolder(this.#dataDir), id), lists }, given);
  }

  async correctLists(id: CampaignId, { listId, ...about }: GivenCorrection): Promise<CorrectedLists> {
    const lists = this.#campaigns.get(id)?.lists ?? [];
    const given = await this.#placeOf(listId);
    if (given.lists.every(({ columns }) => columns.length === 0)) return { lists, count: 0 };
    const folder = join(campaignsFolder(this.#dataDir), id);
    const correcting = this.#correcting.then(() =>
      correctLists({ folder, lists, given, about, beforeWrite: this.#beforeWrite }),
    );
    this.#correcting = correcting.catch(() => undefined);
    return correcting;
  }

  async #placeOf(listId: string): Promise<ListPlace> {
    const list = await readStoredList(this.#listsDir, listId);
    const folder = join(listsFolder(this.#listsDir), listId);
    return { folder, lists: list ? [{ ...list, file: RECIPIENTS_FILE }] : [] };
  }

  /**
   * A file that no campaign names, left by a crash, is replaced.
   * @throws {CampaignIdRefusedError} when the id is none, belongs to a campaign that can't be used, or differs from another only in case
   */
  async adoptList(id: CampaignId, listId: string): ReturnType<CampaignStore["adoptList"]> {
    await this.#takeId(id);
    const list = await readStoredList(this.#dataDir, listId);
    if (!list) return undefined;
    const folder = join(campaignsFolder(this.#dataDir), id);
    const from = join(listsFolder(this.#dataDir), listId);
    await createFolder(folder);
    this.#beforeWrite();
    const file = this.#nextListFile(id);
    await rm(join(folder, file), { force: true });
    await share(join(from, RECIPIENTS_FILE), join(folder, file));
    await syncFolder(folder);
    return { file, count: list.count, columns: list.columns };
  }

  /** @throws {CampaignIdRefusedError} see {@link adoptList} */
  async adoptAttachment(id: CampaignId, content: AsyncIterable<Uint8Array>): Promise<string> {
    await this.#takeId(id);
    const folder = join(campaignsFolder(this.#dataDir), id);
    await createFolder(folder);
    this.#beforeWrite();
    const file = await addAttachment(folder, content);
    await syncFolder(folder);
    return file;
  }

  async attachment(id: CampaignId, file: string): ReturnType<CampaignStore["attachment"]> {
    return attachmentIn(join(campaignsFolder(this.#dataDir), id), file);
  }

  async #create(campaign: Campaign): Promise<void> {
    const { id } = campaign;
    const created = this.#openNew(campaign);
    this.#documents.set(id, created);
    created.catch(() => this.#documents.delete(id));
    this.#campaigns.set(id, (await created).get());
  }

  async #openNew(campaign: Campaign): Promise<Document<Campaign>> {
    await this.#takeId(campaign.id);
    const folder = join(campaignsFolder(this.#dataDir), campaign.id);
    await createFolder(folder);
    this.#beforeWrite();
    await beginJournal(folder);
    const options = { ...campaignFormat, initial: campaign, beforeWrite: this.#beforeWrite };
    const document = await openDocument(join(folder, CAMPAIGN_FILE), options);
    await document.update((value) => value);
    return document;
  }

  /** Two who take spellings of one id at the same moment: the first one gets it. */
  async #takeId(id: CampaignId): Promise<void> {
    if (!isCampaignId(id)) throw new CampaignIdRefusedError(`${JSON.stringify(id)} is no task id`);
    if (this.#unusable.has(id))
      throw new CampaignIdRefusedError(
        `${id} belongs to a campaign whose files can't be used; they are kept`,
        { code: "otherCampaignsFolder", with: { id } },
      );
    if (this.#campaigns.has(id)) return;
    if (folderProblem(id)) throw new CampaignIdRefusedError(`${id} can't be the name of a folder everywhere`);
    this.#refuseOtherSpelling(id, this.#ids.get(campaignKey(id)) ?? []);
    this.#note(id);
    this.#refuseOtherSpelling(id, await foldersOf(this.#dataDir, campaignKey(id)));
  }

  #refuseOtherSpelling(id: CampaignId, taken: Iterable<CampaignId>): void {
    const other = [...taken].find((one) => one !== id);
    if (other === undefined) return;
    this.#ids.get(campaignKey(id))?.delete(id);
    throw new CampaignIdRefusedError(`${id} differs from ${other} only in upper and lower case`);
  }

  #note(id: CampaignId): void {
    const noted = this.#ids.get(campaignKey(id)) ?? new Set();
    this.#ids.set(campaignKey(id), noted.add(id));
  }

  /** Counted in memory too: two lists may be adopted before either is saved. */
  #nextListFile(id: CampaignId): string {
    const named = this.#campaigns.get(id)?.lists.map(({ file }) => Number(/\d+/.exec(file)?.[0] ?? 0)) ?? [];
    const number = Math.max(this.#lastLists.get(id) ?? 0, ...named) + 1;
    this.#lastLists.set(id, number);
    return `list-${String(number).padStart(3, "0")}.jsonl`;
  }
}

function checked(from: Campaign, to: Campaign | undefined): Campaign | undefined {
  const { id, channel } = from;
  if (to && (to.id !== id || to.channel !== channel))
    throw new Error(`${id} goes through ${channel}, and a campaign's id and channel are for life`);
  return to;
}

/** A list never changes, so one file may stand in two places; where the disk can't do that, it is copied. */
async function share(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "EEXIST") throw error;
    await copyFile(from, to);
    await using copy = await open(to, "r+");
    await copy.sync();
  });
}
