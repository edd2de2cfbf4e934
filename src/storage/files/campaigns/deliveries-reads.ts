/** Folding how messages went out from journals, each as far as it goes and from there on at the next look. */
import { stat } from "node:fs/promises";
import type { CampaignId } from "../../../domain/campaign.ts";
import type { Deliveries } from "../../../domain/report/attempts.ts";
import { DeliveriesFold } from "../../../domain/report/deliveries.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import { LOG_START } from "../../../lib/log/log-part.ts";
import { readJournalTail } from "../ledger/journal-entry.ts";

interface Folded {
  readonly fold: DeliveriesFold;
  readonly position: LogPosition;
  /** Of the journal's file when the reading began. */
  readonly stamp: string;
}

/** Campaigns whose folds are kept; each is a few hundred numbers. */
const FOLDS_KEPT = 64;

export class DeliveriesReads {
  /** The one looked at last is last. */
  readonly #folded = new Map<CampaignId, Promise<Folded>>();

  /** Reads what is new since the last look; looks at one journal take turns. */
  async read(id: CampaignId, journalPath: string): Promise<Deliveries> {
    const before = this.#folded.get(id)?.catch(() => undefined) ?? Promise.resolve(undefined);
    const folded = before.then((known) => readOn(journalPath, known));
    this.#folded.delete(id);
    this.#folded.set(id, folded);
    const [oldest] = this.#folded.keys();
    if (this.#folded.size > FOLDS_KEPT && oldest !== undefined) this.#folded.delete(oldest);
    return (await folded).fold.deliveries();
  }
}

async function readOn(path: string, known: Folded | undefined): Promise<Folded> {
  const stamp = await stampOf(path);
  if (known?.stamp === stamp) return known;
  const further = known && (await foldFrom(path, known.fold, known.position));
  if (known && further) return { fold: known.fold, position: further, stamp };
  const fold = new DeliveriesFold();
  return { fold, position: (await foldFrom(path, fold, LOG_START)) ?? LOG_START, stamp };
}

function foldFrom(path: string, fold: DeliveriesFold, from: LogPosition): Promise<LogPosition | undefined> {
  return readJournalTail(path, from, (entry) => fold.apply(entry));
}

async function stampOf(path: string): Promise<string> {
  const stats = await stat(path).catch(() => undefined);
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : "none";
}
