import { setImmediate as nextTurn } from "node:timers/promises";
import type { FileLedgerParts } from "./ledger.ts";

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
}: Pick<FileLedgerParts, "fold" | "recipients" | "earlier" | "beforeWrite">): AsyncGenerator<
  readonly string[]
> {
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
