/** The lists of leads in PostgreSQL, open to any number of processes. */
import { z } from "zod";
import type { FinishedRequest, LeadListSummary, ListName } from "../../../domain/collecting/collection.ts";
import { isListName, leadListSummary } from "../../../domain/collecting/collection.ts";
import type { ExactCountTracking } from "../../../domain/collecting/exact-count-tracking.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { finishedSchema, summarySchema } from "../../ports/documents/lead-line.ts";
import type { LeadLedger, LeadStore } from "../../ports/leads.ts";
import type { Database, Queryable } from "../database.ts";
import type { Documents } from "../documents/documents.ts";
import { documentsIn } from "../documents/documents.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";
import type { StoredLeadLedger } from "./lead-ledger.ts";
import { openLeadLedger } from "./lead-ledger.ts";
import { BEGIN, IS_THERE, SUMMARIES } from "./leads-sql.ts";

/** Written for whoever looks at the data itself, and read by nobody here. */
export const trackingSchema = z.custom<ExactCountTracking>(
  (value) => typeof value === "object" && value !== null,
);

export function createLeadStore(database: Database): LeadStore {
  return new StoredLeads(database);
}

class StoredLeads implements LeadStore {
  readonly #database: Database;
  readonly #open = new Map<ListName, Promise<StoredLeadLedger>>();

  constructor(database: Database) {
    this.#database = database;
  }

  summaries(): Promise<readonly LeadListSummary[]> {
    return summariesIn(this.#database);
  }

  async find(list: ListName): Promise<LeadLedger | undefined> {
    const isThere = this.#open.has(list) || (await this.#database.query(IS_THERE, [list])).rows.length > 0;
    return isThere ? this.open(list) : undefined;
  }

  async open(list: ListName): Promise<LeadLedger> {
    const open = this.#open.get(list) ?? this.#openLedger(list);
    this.#open.set(list, open);
    open.catch(() => this.#open.delete(list));
    return open;
  }

  async finished(): Promise<readonly FinishedRequest[]> {
    return [...(await finishedIn(this.#database).all()).values()];
  }

  async finish(request: FinishedRequest): Promise<void> {
    await finishedIn(this.#database).change(`${request.list}/${request.number}`, () => request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = await Promise.allSettled(this.#open.values());
    for (const one of open) if (one.status === "fulfilled") await one.value[Symbol.asyncDispose]();
  }

  async #openLedger(list: ListName): Promise<StoredLeadLedger> {
    if (!isListName(list)) throw new Error(`${JSON.stringify(list)} can't name a list`);
    const nothing = leadListSummary(list, new LeadFold(() => new IdNumbers()), 0);
    await this.#database.query(BEGIN, [list, jsonOf(nothing)]);
    const tracking = documentsIn(this.#database, { kind: "lead-tracking", schema: trackingSchema });
    return openLeadLedger({
      list,
      database: this.#database,
      keepTracking: async (latest) => void (await tracking.change(list, () => latest)),
    });
  }
}

/** The one changed last is first. */
export async function summariesIn(database: Queryable): Promise<readonly LeadListSummary[]> {
  const { rows } = await database.query<{ summary: unknown }>(SUMMARIES);
  return rows
    .map(({ summary }) => fitted(summarySchema, summary, "summaries of leads"))
    .toSorted((a, b) => b.changedAt - a.changedAt);
}

/** Requests that are over, by their list and number. */
export function finishedIn(database: Queryable): Documents<FinishedRequest> {
  return documentsIn(database, { kind: "finished-requests", schema: finishedSchema });
}
