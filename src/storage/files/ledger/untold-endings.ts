/**
 * Endings that a journal holds and of which perhaps nobody was told: those behind its snapshot, which is written only once all
 * before it is told for good, and those that opening it wrote.
 */
import { endingKey } from "../../../domain/campaign-event.ts";
import type { Entry, Settlement } from "../../../domain/journal.ts";
import type { JournalFold } from "../../../domain/journal-fold.ts";
import type { Recipient } from "../../../domain/recipient.ts";
import type { RecordedEnding, ToldEndings } from "../../ports/told-endings.ts";

type Ending = Omit<RecordedEnding, "username"> & { readonly ordinal: number };

/** More endings than the events that are kept: what is further back could be missed by nobody. */
const MOST = 65_536;

export class UntoldEndings {
  #read: Ending[] = [];
  readonly #written: Ending[] = [];

  /** An entry of the journal, before the fold takes it in. */
  read(entry: Entry, fold: JournalFold): void {
    const ending = endingOf(entry, fold);
    if (ending) this.#read.push(ending);
    if (this.#read.length >= 2 * MOST) this.#read = this.#read.slice(-MOST);
  }

  /** An entry that is written because nobody else will. */
  wrote(entry: Entry, fold: JournalFold): void {
    const ending = endingOf(entry, fold);
    if (ending) this.#written.push(ending);
  }

  /** As {@link Opening.untold}; hands them out once, so that nothing is kept of them. */
  async take(
    told: ToldEndings | undefined,
    recipient: (ordinal: number) => Recipient | Promise<Recipient>,
  ): Promise<readonly RecordedEnding[]> {
    const read = this.#read.splice(0);
    const missing = told ? behind(read, told).filter(({ key }) => !told.has(key)) : [];
    const all = [...missing, ...this.#written.splice(0)];
    const named: RecordedEnding[] = [];
    for (const { ordinal, ...ending } of all)
      named.push({ ...ending, username: (await recipient(ordinal)).username });
    return named;
  }
}

/** What comes behind the first that was told; what comes before it was told too, and is not kept any more. */
function behind(endings: readonly Ending[], { has, since }: ToldEndings): readonly Ending[] {
  const first = endings.findIndex(({ key }) => has(key));
  return first === -1 ? endings.filter(({ at }) => at >= since) : endings.slice(first);
}

function endingOf(entry: Entry, fold: JournalFold): Ending | undefined {
  if (!("r" in entry) || entry.t === "claim" || entry.t === "leaves") return undefined;
  const { r: ordinal, at, ...settlement } = entry;
  if (isSilent(settlement)) return undefined;
  const claim = fold.openClaim(ordinal);
  if (!claim) return { key: endingKey(`r${ordinal}`, settlement.t), ordinal, settlement, at };
  return { key: endingKey(String(claim.id), settlement.t), ordinal, account: claim.account, settlement, at };
}

/** Names that other tools wrote to are told as a number, when the campaign begins. */
function isSilent(settlement: Settlement): boolean {
  return settlement.t === "skipped" && settlement.reason === "earlierCheckpoint";
}
