/**
 * Looking at campaigns in files: the journal is folded as far as it goes, and from there on at the next look, so nothing
 * is replayed twice while somebody looks again and again. Files are only ever opened for reading.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import type { RecipientState } from "../../../domain/recipient.ts";
import type { Deliveries } from "../../../domain/report/attempts.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import type { CampaignReads, CampaignStanding, Results } from "../../ports/reads.ts";
import type { ResultRow } from "../../ports/ledger.ts";
import { JOURNAL_FILE } from "./campaign-folders.ts";
import { DeliveriesReads } from "./deliveries-reads.ts";
import { foldFrom, readFold, sizeOf } from "../ledger/read-fold.ts";
import type { Interruption } from "../ledger/interruptions.ts";
import { interruptions } from "../ledger/interruptions.ts";
import { readJournal } from "../ledger/journal-entry.ts";
import { JournalHistory } from "../ledger/journal-history.ts";
import type { RecipientsReader } from "../lists/recipients-file.ts";
import { openRecipients } from "../lists/recipients-file.ts";
import { UnreadableRecords } from "../ledger/unreadable.ts";

export interface FileCampaignReadsParts {
  /** `data/campaigns`: one folder a campaign. */
  readonly folder: string;
  /** The campaign of that id as it is now. */
  readonly campaign: (id: CampaignId) => Promise<Campaign | undefined>;
  /** Whether the process that has claims open lives, and settles them. */
  readonly isOwned: () => Promise<boolean>;
}

/** A campaign's journal as far as it was folded. */
interface Folded {
  readonly campaign: Campaign;
  readonly fold: JournalFold;
  readonly position: LogPosition;
  /** Of the journal's file when the reading began. */
  readonly stamp: string;
}

/** Campaigns whose folds are kept; each costs two bytes a name. */
const FOLDS_KEPT = 16;

/** Rows made in one turn of the event loop. */
const PIECE = 1000;

const noBudget = { debit: () => undefined, credit: () => undefined };

export class FileCampaignReads implements CampaignReads {
  readonly #parts: FileCampaignReadsParts;
  /** The one looked at last is last. */
  readonly #folded = new Map<CampaignId, Promise<Folded | undefined>>();
  readonly #deliveries = new DeliveriesReads();
  readonly #unreadable = new UnreadableRecords(() => true);

  constructor(parts: FileCampaignReadsParts) {
    this.#parts = parts;
  }

  async standing(id: CampaignId): Promise<CampaignStanding | undefined> {
    const folded = await this.#read(id);
    if (!folded) return undefined;
    const { campaign, fold } = folded;
    const interrupted = await this.#interruptions(fold);
    const counts: Record<RecipientState, number> = { ...fold.counts() };
    for (const { t } of interrupted) {
      counts.claimed--;
      counts[t]++;
    }
    const oldestUncertainAt = openClaims(fold, interrupted)[0]?.[1].at;
    const { sentAgain } = fold;
    const { claims, charged } = fold.tally;
    const tally = { claims, charged };
    return {
      campaign,
      counts,
      sentAgain,
      tally,
      ...(oldestUncertainAt === undefined ? {} : { oldestUncertainAt }),
    };
  }

  async uncertain(id: CampaignId): Promise<readonly Claim[]> {
    const folded = await this.#read(id);
    if (!folded) return [];
    const { campaign, fold } = folded;
    const open = openClaims(fold, await this.#interruptions(fold));
    if (open.length === 0) return [];
    await using recipients = await openRecipients(join(this.#parts.folder, id), campaign.lists);
    return Promise.all(
      open.map(async ([ordinal, { id: claim, account, attempt, at }]) => {
        const revision = fold.revisionOf(ordinal);
        const recipient = await recipients.read(ordinal, revision);
        return { id: String(claim), campaignId: id, recipient, account, attempt, revision, at };
      }),
    );
  }

  async results(id: CampaignId): Promise<Results | undefined> {
    const campaign = await this.#parts.campaign(id);
    return campaign && this.#withNewNames(campaign, (one) => this.#resultsOf(one));
  }

  async #resultsOf(campaign: Campaign): Promise<Results> {
    const folder = join(this.#parts.folder, campaign.id);
    const fold = new JournalFold(sizeOf(campaign), noBudget);
    const history = new JournalHistory(fold.size);
    // In one pass, so that all rows are of one moment.
    await readJournal(join(folder, JOURNAL_FILE), (entry) => {
      if (fold.apply(entry)) history.add(entry);
    });
    for (const entry of await this.#interruptions(fold)) {
      fold.apply(entry);
      history.add(entry);
    }
    const rows = rowsOf(() => openRecipients(folder, campaign.lists), fold, history);
    return { count: fold.size, rows };
  }

  async deliveries(id: CampaignId): Promise<Deliveries | undefined> {
    if (!(await this.#parts.campaign(id))) return undefined;
    const path = join(this.#parts.folder, id, JOURNAL_FILE);
    return this.#unreadable.read(id, path, () => this.#deliveries.read(id, path));
  }

  /** What open claims will become: nothing else than now where whoever made them lives. */
  async #interruptions(fold: JournalFold): Promise<readonly Interruption[]> {
    return fold.count("claimed") === 0 || (await this.#parts.isOwned()) ? [] : interruptions(fold);
  }

  /** Reads what is new since the last look; looks at one campaign take turns. */
  async #read(id: CampaignId): Promise<Folded | undefined> {
    const before = this.#folded.get(id)?.catch(() => undefined) ?? Promise.resolve(undefined);
    const folded = before.then(async (known) => {
      const campaign = await this.#parts.campaign(id);
      return campaign && this.#readOn(campaign, known);
    });
    this.#folded.delete(id);
    this.#folded.set(id, folded);
    const [oldest] = this.#folded.keys();
    if (this.#folded.size > FOLDS_KEPT && oldest !== undefined) this.#folded.delete(oldest);
    return folded;
  }

  #readOn(campaign: Campaign, known: Folded | undefined): Promise<Folded> {
    const path = join(this.#parts.folder, campaign.id, JOURNAL_FILE);
    return this.#unreadable.read(campaign.id, path, () =>
      this.#withNewNames(campaign, (one) => readOn(path, one, one === campaign ? known : undefined)),
    );
  }

  /** It may have gained names after it was looked up, and the journal speaks of them already: then it is read anew. */
  async #withNewNames<T>(campaign: Campaign, reading: (campaign: Campaign) => Promise<T>): Promise<T> {
    try {
      return await reading(campaign);
    } catch (error) {
      const current = await this.#parts.campaign(campaign.id);
      if (!current || sizeOf(current) === sizeOf(campaign)) throw error;
      return reading(current);
    }
  }
}

async function readOn(path: string, campaign: Campaign, known: Folded | undefined): Promise<Folded> {
  const stamp = await stampOf(path);
  const before = known && known.fold.size <= sizeOf(campaign) ? known : undefined;
  before?.fold.grow(sizeOf(campaign));
  if (before?.stamp === stamp) return { ...before, campaign };
  const further = before && (await foldFrom(path, before.fold, before.position));
  if (before && further) return { campaign, fold: before.fold, position: further, stamp };
  return { campaign, ...(await readFold(path, sizeOf(campaign))), stamp };
}

/** Uncertain recipients and those who will be, oldest claim first. */
function openClaims(fold: JournalFold, interrupted: readonly Interruption[]) {
  const orphaned = new Set(interrupted.filter(({ t }) => t === "uncertain").map(({ r }) => r));
  const claimed = fold.openIn("claimed").filter(([ordinal]) => orphaned.has(ordinal));
  return [...fold.openIn("uncertain"), ...claimed].toSorted((a, b) => a[1].at - b[1].at);
}

async function* rowsOf(
  open: () => Promise<RecipientsReader>,
  fold: JournalFold,
  history: JournalHistory,
): AsyncGenerator<ResultRow> {
  await using recipients = await open();
  for (let ordinal = 0; ordinal < fold.size; ordinal++) {
    const recipient = await recipients.read(ordinal, fold.revisionOf(ordinal));
    yield { ...recipient, ...history.of(ordinal, fold.stateOf(ordinal)) };
    if (ordinal % PIECE === 0) await nextTurn();
  }
}

async function stampOf(path: string): Promise<string> {
  const stats = await stat(path).catch(() => undefined);
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : "none";
}
