/** What Telegram gave, a row an update, in the order in which it came or, of what was handled, in which that was. */
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import { FORGET_UPDATES, PUT_UPDATES, SET_UPDATE_ASIDE, UPDATES } from "./chat-sql.ts";
import type { Hold } from "./hold.ts";

interface UpdateRow {
  readonly id: number;
  /** Absent: as it is there already. */
  readonly update?: unknown;
  readonly deaths: number;
  readonly wasAlone: boolean;
  readonly isDone: boolean;
}

/** Ids remembered after their update was handled: many times the hundred that Telegram may give again. */
const MOST_KNOWN = 1000;

/** Those beyond it are forgotten together. */
const FORGET_EVERY = 500;

/** The rows, for whoever has the hold of the chat. */
export class UpdateRows {
  readonly #database: Queryable;
  readonly #hold: Hold;
  #last = 0;
  #handled = 0;

  constructor(database: Queryable, hold: Hold) {
    this.#database = database;
    this.#hold = hold;
  }

  async read(): Promise<readonly UpdateRow[]> {
    const { rows } = await this.#database.query<Required<UpdateRow> & { number: number }>(UPDATES);
    this.#last = rows.at(-1)?.number ?? 0;
    return rows;
  }

  async put(rows: readonly UpdateRow[]): Promise<void> {
    const column = <T>(of: (row: UpdateRow) => T): T[] => rows.map(of);
    await this.#hold.write(PUT_UPDATES, [
      column(({ id }) => id),
      column(() => ++this.#last),
      column(({ update }) => (update === undefined ? null : jsonOf(update))),
      column(({ deaths }) => deaths),
      column(({ wasAlone }) => wasAlone),
      column(({ isDone }) => isDone),
    ]);
    this.#handled += rows.filter(({ isDone }) => isDone).length;
    if (this.#handled < FORGET_EVERY) return;
    this.#handled = 0;
    await this.#database.query(FORGET_UPDATES, [MOST_KNOWN]);
  }

  /** Keeps an update that is not handled any more; answers where. */
  async setAside(update: unknown): Promise<string> {
    const { rows } = await this.#hold.write<{ number: number }>(SET_UPDATE_ASIDE, [jsonOf(update)]);
    return `peyk.updates_set_aside ${rows[0]?.number}`;
  }
}
