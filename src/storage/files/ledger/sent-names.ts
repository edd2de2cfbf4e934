import { setImmediate as nextTurn } from "node:timers/promises";
import type { JournalFold } from "../../../domain/journal-fold.ts";
import type { RecipientsReader } from "../lists/recipients-file.ts";

/** Where the names of a campaign stand. */
interface NamedStates {
  readonly fold: JournalFold;
  readonly recipients: Pick<RecipientsReader, "read">;
  /** Names that other tools wrote to. */
  readonly earlier: ReadonlySet<string>;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
}

/** Recipients looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

/**
 * Names sent by us, then those of other tools, in pieces with a turn of the event loop between them: the chat must not
 * wait for a million.
 */
export async function* sentNames({
  fold,
  recipients,
  earlier,
  beforeWrite,
}: NamedStates): AsyncGenerator<readonly string[]> {
  const others = new Set(earlier);
  for (let start = 0; start < fold.size; start += PIECE) {
    const names: string[] = [];
    for (let ordinal = start; ordinal < Math.min(start + PIECE, fold.size); ordinal++) {
      if (fold.stateOf(ordinal) !== "sent") continue;
      const recipient = recipients.read(ordinal);
      const { username } = recipient instanceof Promise ? await recipient : recipient;
      others.delete(username);
      names.push(username);
    }
    yield names;
    await nextTurn();
  }
  beforeWrite(); // a long list takes its time, and the file is put in place after this
  yield [...others];
}
