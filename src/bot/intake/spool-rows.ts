/**
 * The spool of updates in a database, a row an update. What comes while a write is under way goes with the next one, so that
 * a storm costs few statements; each row says how its update stands, so that writing it twice changes nothing.
 */
import type { SpoolLine } from "./spool-lines.ts";
import { SpoolBook, readPending } from "./spool-lines.ts";
import type { SpoolKeep } from "./update-spool.ts";
import { UpdateSpool } from "./update-spool.ts";

/** How one update stands. */
export interface UpdateRow {
  readonly id: number;
  /** As Telegram gave it; absent: as it is there already. */
  readonly update?: unknown;
  readonly deaths: number;
  readonly wasAlone: boolean;
  /** It was handled: nothing but that is kept of it. */
  readonly isDone: boolean;
}

/** The rows, of which this process is the one writer. */
export interface UpdateRows {
  /** Those handled last and those that wait, each in their order. */
  read(): Promise<readonly UpdateRow[]>;
  /** All of them or none; durable when it resolves. New ones come after those that are there. */
  put(rows: readonly UpdateRow[]): Promise<void>;
}

/** Opens the spool. @param alreadyHandled Ids that an earlier version remembered as handled in a document of its own */
export async function openSpoolRows(
  rows: UpdateRows,
  alreadyHandled: readonly number[] = [],
): Promise<UpdateSpool> {
  const [kept, coming] = [new SpoolBook(), new SpoolBook()];
  const stored = await rows.read();
  for (const book of [kept, coming]) {
    book.apply({ t: "done", ids: [...alreadyHandled] });
    for (const row of stored)
      if (row.isDone) book.apply({ t: "done", ids: [row.id] });
      else book.put(readPending(row));
  }
  return new UpdateSpool(kept, new SpoolRows(rows, coming));
}

interface Waiting {
  readonly lines: readonly SpoolLine[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class SpoolRows implements SpoolKeep {
  readonly #rows: UpdateRows;
  /** How all will stand once everything that was appended is kept. */
  readonly #coming: SpoolBook;
  /** Those of which the rows don't tell yet how they stand. */
  readonly #touched = new Set<number>();
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(rows: UpdateRows, coming: SpoolBook) {
    this.#rows = rows;
    this.#coming = coming;
  }

  makeReady(): undefined {
    return undefined;
  }

  append(lines: readonly SpoolLine[], kept: () => unknown): Promise<void> {
    return new Promise((settled, reject) => {
      const resolve = (): void => {
        kept();
        settled();
      };
      this.#waiting.push({ lines, resolve, reject });
      this.#writing ??= this.#writeWaiting().finally(() => (this.#writing = undefined));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const those = this.#waiting.splice(0);
      const got = this.#enter(those.flatMap(({ lines }) => lines));
      try {
        await this.#rows.put([...this.#touched].map((id) => this.#rowOf(id, got)));
        this.#touched.clear();
        for (const one of those) one.resolve();
      } catch (error) {
        // What was only got is Telegram's to give again; what became of the others goes with the next write.
        for (const id of got) this.#touched.delete(id);
        for (const one of those) one.reject(error);
      }
    }
  }

  /** Answers the ids of those that are new. */
  #enter(lines: readonly SpoolLine[]): ReadonlySet<number> {
    const got = new Set<number>();
    for (const line of lines) {
      this.#coming.apply(line);
      const ids = line.t === "got" ? [line.u.update_id] : line.ids;
      for (const id of ids) this.#touched.add(id);
      if (line.t === "got") got.add(line.u.update_id);
    }
    return got;
  }

  #rowOf(id: number, got: ReadonlySet<number>): UpdateRow {
    const standing = this.#coming.standingOf(id);
    if (!standing) return { id, deaths: 0, wasAlone: false, isDone: true };
    const { update, deaths, wasAlone } = standing;
    return { id, deaths, wasAlone, isDone: false, ...(got.has(id) ? { update } : {}) };
  }
}
