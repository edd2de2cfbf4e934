/** Campaigns whose record can't be read: each is said once for as long as its files stay as they are. */
import { stat } from "node:fs/promises";
import { LONGEST_WINDOW_MS } from "../../../domain/accounts/budget.ts";
import type { CampaignId } from "../../../domain/campaign.ts";
import { UnreadableRecordError } from "../../../domain/errors.ts";
import { JournalContradiction } from "../../../domain/journal-fold.ts";
import { CorruptLogError } from "../../../lib/log/log-lines.ts";

interface Known {
  readonly error: UnreadableRecordError;
  readonly file: string;
}

export class UnreadableRecords {
  readonly #known = new Map<CampaignId, Known>();
  readonly #isCounted: (id: CampaignId) => boolean;

  /** @param isCounted Whether what was in the record before counts in the accounts' limits already */
  constructor(isCounted: (id: CampaignId) => boolean) {
    this.#isCounted = isCounted;
  }

  /**
   * Does the reading, and remembers that it can't be done as long as the journal does not change.
   * @throws {UnreadableRecordError} for whatever keeps the record from being read
   */
  async read<T>(id: CampaignId, journalPath: string, reading: () => Promise<T>): Promise<T> {
    const file = await stateOf(journalPath);
    const known = this.#known.get(id);
    if (known && known.file === file.text) throw known.error;
    this.#known.delete(id);
    try {
      return await reading();
    } catch (cause) {
      // No claim in it is younger than its last change.
      const countsUntil = this.#isCounted(id) ? 0 : file.changedAt + LONGEST_WINDOW_MS;
      const error = new UnreadableRecordError(id, { cause, countsUntil });
      // Anything else, a disk that is full or busy, may be over the next time somebody looks.
      if (isDamage(cause)) this.#known.set(id, { error, file: file.text });
      throw error;
    }
  }
}

/** Tells whether what is written can't be true; anything else may be over the next time somebody looks. */
export function isDamage(cause: unknown): boolean {
  const inner = cause instanceof CorruptLogError ? cause.cause : cause;
  return cause instanceof CorruptLogError || inner instanceof JournalContradiction;
}

async function stateOf(path: string): Promise<{ readonly text: string; readonly changedAt: number }> {
  const stats = await stat(path).catch(() => undefined);
  return stats
    ? { text: `${stats.size} ${stats.mtimeMs}`, changedAt: stats.mtimeMs }
    : { text: "none", changedAt: Date.now() };
}
