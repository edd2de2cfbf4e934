/** Looking at lists of leads in PostgreSQL, also while others collect into them; nothing is ever written. */
import type { ListName } from "../../../domain/collecting/collection.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { leadListRead } from "../../ports/documents/lead-list-read.ts";
import type { LeadListRead, LeadReads } from "../../ports/reads.ts";
import type { Database } from "../database.ts";
import { entriesSince } from "./lead-entries.ts";
import { finishedIn, summariesIn } from "./lead-store.ts";
import { IS_THERE } from "./leads-sql.ts";

export function createLeadReads(database: Database): LeadReads {
  return {
    summaries: () => summariesIn(database),
    finished: async () => [...(await finishedIn(database).all()).values()],
    async find(list) {
      const isThere = (await database.query(IS_THERE, [list])).rows.length > 0;
      return isThere ? readList(database, list) : undefined;
    },
  };
}

/** As it was then, however it grows. */
async function readList(database: Database, list: ListName): Promise<LeadListRead> {
  const fold = new LeadFold(() => new IdNumbers());
  let last = 0;
  for await (const { entry, number } of entriesSince(database, list, 0)) {
    fold.apply(entry);
    last = number;
  }
  const entries = async function* (): AsyncGenerator<LeadEntry> {
    for await (const { entry, number } of entriesSince(database, list, 0)) {
      if (number > last) return;
      yield entry;
    }
  };
  return leadListRead(list, fold, entries);
}
