import type { CleanBatch, OpenReading } from "../../lists/list-reader.ts";
import type { ListWriter } from "../../storage/ports/lists.ts";
import type { InvalidRow, ListProblem, WhatWasRead } from "./list-report.ts";
import { NameSample } from "./name-sample.ts";

const FIRST_INVALID = 10;
const SHOWN_LENGTH = 64;

/** Counts what a list holds while it goes by, whatever it is for, and keeps what is shown of it. */
export class ListTally {
  #valid = 0;
  #duplicates = 0;
  #invalid = 0;
  readonly #firstInvalid: InvalidRow[] = [];
  readonly #names = new NameSample();

  /** Takes a batch; the rows that name nobody go to the writer. */
  async take(batch: CleanBatch, writer: Pick<ListWriter, "reject">): Promise<void> {
    this.#valid += batch.names.length;
    this.#duplicates += batch.duplicates;
    this.#invalid += batch.rejected.length;
    for (const { username } of batch.names) this.#names.add(username);
    for (const { line, text, reason } of batch.rejected) {
      if (this.#firstInvalid.length < FIRST_INVALID)
        this.#firstInvalid.push({ line, text: text.slice(0, SHOWN_LENGTH), reason });
      const slowDown = writer.reject(line, text, reason);
      if (slowDown) await slowDown;
    }
  }

  /** `read = valid + duplicates + invalid` */
  counts() {
    const [valid, duplicates, invalid] = [this.#valid, this.#duplicates, this.#invalid];
    return { read: valid + duplicates + invalid, valid, duplicates, invalid };
  }

  /** Why there is nobody on the list; undefined when there is somebody. */
  problem(): ListProblem | undefined {
    const { read, valid } = this.counts();
    if (read === 0) return { kind: "problem", problem: "empty" };
    if (valid > 0) return undefined;
    return { kind: "problem", problem: "noUsableName", read, firstInvalid: this.#firstInvalid };
  }

  /** What is told about the reading, once its batches have ended. */
  whatWasRead({ readFrom, leftOut }: OpenReading): WhatWasRead {
    return { names: this.#names.shown(), readFrom, leftOut, firstInvalid: this.#firstInvalid };
  }
}
