/**
 * One list of leads in PostgreSQL: an entry a row, folded when it is opened and caught up with whatever other processes wrote.
 * Whoever writes holds the list, so an entry is decided by all before it; a page's people and its cursor are one transaction,
 * and a person is on the list once, which a key sees to as well.
 *
 * After a write that failed nobody knows what is there: the list is read anew, and a page that did get there is recognised
 * by its cursor.
 */
import type { LeadListState, ListName } from "../../../domain/collecting/collection.ts";
import { leadListSummary } from "../../../domain/collecting/collection.ts";
import type { DeliveredLead } from "../../../domain/collecting/delivered-leads.ts";
import { deliveredLeads } from "../../../domain/collecting/delivered-leads.ts";
import type { ExactCountTracking } from "../../../domain/collecting/exact-count-tracking.ts";
import type { Lead, Target } from "../../../domain/collecting/lead.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import { entryOfPage, takenBy } from "../../ports/documents/page-entry.ts";
import type { LeadLedger, LeadNote, PageTaken, PageTaking } from "../../ports/leads.ts";
import type { Database, Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import { entriesSince } from "./lead-entries.ts";
import { rowsOf } from "./lead-rows.ts";
import { HOLD, PUT_ENTRIES, PUT_LEADS } from "./leads-sql.ts";

interface Parts {
  readonly list: ListName;
  readonly database: Database;
  readonly keepTracking: (tracking: ExactCountTracking) => Promise<void>;
}

/** Opens the ledger of a list that is there. */
export async function openLeadLedger(parts: Parts): Promise<StoredLeadLedger> {
  const ledger = new StoredLeadLedger(parts);
  await ledger.state();
  return ledger;
}

interface Opened {
  readonly fold: LeadFold;
  /** Of the last entry that is in it. */
  number: number;
}

/** Takes one more entry in; the next is decided by it. */
type Put = (entry: LeadEntry) => void;

export class StoredLeadLedger implements LeadLedger {
  readonly #parts: Parts;
  readonly #inTurn = createTurns();
  /** Absent: to be read anew. */
  #opened: Opened | undefined;

  /** Use {@link openLeadLedger}. */
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get list(): ListName {
    return this.#parts.list;
  }

  state(): Promise<LeadListState> {
    return this.#fold();
  }

  async details(): Promise<readonly string[]> {
    return (await this.#fold()).details;
  }

  async callsTo(source: string): Promise<readonly number[]> {
    return (await this.#fold()).callsTo(source);
  }

  async spareFor(targets: readonly Target[], perTarget?: number): Promise<number> {
    return (await this.#fold()).spareFor(targets, perTarget);
  }

  join(targets: readonly Target[], at: number): Promise<readonly number[]> {
    return this.#write((fold, put) =>
      targets.map((target) => {
        const known = fold.targetNumber(target);
        if (known !== undefined) return known;
        put({ t: "target", ...target, at });
        return fold.targets.length - 1;
      }),
    );
  }

  takePage(taking: PageTaking): Promise<PageTaken> {
    return this.#write((fold, put) => {
      const entry = entryOfPage(fold, taking);
      if (!entry) return { kind: "outdated" };
      put(entry);
      return takenBy(entry);
    });
  }

  save(target: number, lead: Lead, at: number): Promise<boolean> {
    return this.#write((fold, put) => {
      const { fresh } = fold.sort(target, [lead]);
      if (fresh.length > 0) put({ t: "saved", k: target, leads: fresh, at });
      return fresh.length > 0;
    });
  }

  note(entry: LeadNote): Promise<void> {
    return this.#write((_fold, put) => put(entry));
  }

  reset(targets: readonly number[], at: number, ask?: string): Promise<void> {
    return this.#write((fold, put) => {
      const due = targets.filter((k) => ask === undefined || !fold.wasReset(k, ask));
      for (const k of due) put({ t: "reset", k, ...(ask === undefined ? {} : { ask }), at });
    });
  }

  keepTracking(tracking: ExactCountTracking): Promise<void> {
    return this.#parts.keepTracking(tracking);
  }

  delivered(): AsyncIterable<DeliveredLead> {
    return deliveredLeads(this.entries());
  }

  async *entries(): AsyncGenerator<LeadEntry> {
    for await (const { entry } of entriesSince(this.#parts.database, this.list, 0)) yield entry;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => undefined);
  }

  #fold(): Promise<LeadFold> {
    return this.#inTurn(async () => (await this.#caughtUp(this.#parts.database)).fold);
  }

  /** @param decide Called again where another transaction stood in the way */
  #write<T>(decide: (fold: LeadFold, put: Put) => T): Promise<T> {
    const { database, list } = this.#parts;
    return this.#inTurn(async () => {
      try {
        return await database.inTransaction(async (connection) => {
          await connection.query(HOLD, [list]);
          const opened = await this.#caughtUp(connection);
          // Whatever stops this from here on leaves a fold that knows more than is there.
          this.#opened = undefined;
          const entries: LeadEntry[] = [];
          const made = decide(opened.fold, (entry) => {
            opened.fold.apply(entry);
            entries.push(entry);
          });
          await this.#put(connection, opened, entries);
          this.#opened = { fold: opened.fold, number: opened.number + entries.length };
          return made;
        });
      } catch (error) {
        this.#opened = undefined;
        throw error;
      }
    });
  }

  async #put(connection: Queryable, { fold, number }: Opened, entries: readonly LeadEntry[]): Promise<void> {
    const last = entries.at(-1);
    if (!last) return;
    const { list } = this.#parts;
    const summary = jsonOf(leadListSummary(list, fold, last.at));
    await connection.query(PUT_ENTRIES, [list, number + 1, entries.map((entry) => jsonOf(entry)), summary]);
    const people = entries.flatMap((entry) => rowsOf(entry, fold.targets));
    if (people.length > 0) await connection.query(PUT_LEADS, [list, jsonOf(people)]);
  }

  async #caughtUp(connection: Queryable): Promise<Opened> {
    const opened = this.#opened ?? { fold: new LeadFold(() => new IdNumbers()), number: 0 };
    this.#opened = undefined; // an entry that can't follow those before it leaves a fold of no use
    for await (const { entry, number } of entriesSince(connection, this.list, opened.number)) {
      opened.fold.apply(entry);
      opened.number = number;
    }
    return (this.#opened = opened);
  }
}
