/** What an open ledger tells of its recipients one by one, in pieces with a turn of the event loop between them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { JournalFold } from "../../../domain/journal-fold.ts";
import type { Ordinal, Recipient } from "../../../domain/recipient.ts";
import type { ResultRow } from "../../ports/ledger.ts";
import type { JournalHistory } from "./journal-history.ts";
import type { RecipientsReader } from "../lists/recipients-file.ts";

/** Recipients looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

interface Rows {
  readonly fold: JournalFold;
  readonly recipients: Pick<RecipientsReader, "read">;
  readonly history: (size: number) => Promise<JournalHistory>;
}

/** Every recipient in list order with what became of it. */
export async function* resultRows(rows: Rows): AsyncGenerator<ResultRow> {
  const { fold } = rows;
  const { size } = fold;
  const history = await rows.history(size);
  for (let ordinal = 0; ordinal < size; ordinal++) {
    yield { ...(await recipientOf(rows, ordinal)), ...history.of(ordinal, fold.stateOf(ordinal)) };
    if (ordinal % PIECE === 0) await nextTurn();
  }
}

interface Wanted {
  readonly count: number;
  /** Those before it don't count. */
  readonly from: Ordinal;
  readonly isLeftOut: (recipient: Recipient) => boolean;
}

/** The first recipients in list order that are still planned. */
export async function firstPlanned(
  rows: Rows,
  { count, from, isLeftOut }: Wanted,
): Promise<readonly ResultRow[]> {
  const { fold } = rows;
  const found: ResultRow[] = [];
  for (let ordinal = from; ordinal < fold.size && found.length < count; ordinal++) {
    if (ordinal % PIECE === 0) await nextTurn();
    if (fold.stateOf(ordinal) !== "planned") continue;
    const recipient = await recipientOf(rows, ordinal);
    if (isLeftOut(recipient)) continue;
    found.push({ ...recipient, state: "planned", attempts: fold.attemptsOf(ordinal) });
  }
  return found;
}

/** With the values of the message that may have arrived, or is to be sent. */
export async function recipientOf(
  { recipients, fold }: Omit<Rows, "history">,
  ordinal: Ordinal,
): Promise<Recipient> {
  return recipients.read(ordinal, fold.revisionOf(ordinal));
}
