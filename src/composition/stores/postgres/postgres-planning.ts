/** What a plan is made of in the database. Lists that a plan reads in stand there until it is made, and no longer. */
import type { Opened } from "../../../lib/opened.ts";
import type { ListStore } from "../../../storage/ports/lists.ts";
import { openLooking } from "./postgres-reads.ts";
import type { DatabaseSettings } from "./postgres-storage.ts";
import type { OpenPlanning, PlanningParts } from "../stores.ts";

/** @throws {ExternalStoreError} when the database can't be reached, or is another program's */
export async function openPostgresPlanning(
  settings: Pick<DatabaseSettings, "url" | "timeZone" | "dataDir">,
  { opened, clock }: Pick<PlanningParts, "opened" | "clock">,
): Promise<OpenPlanning> {
  const { stores, leads } = await openLooking(settings, { opened, clock });
  return {
    ...stores,
    leadStore: leads,
    lists: momentary(stores.lists, opened),
    whoAnswered: (id) => stores.answerStore.answered(id),
  };
}

/** What a kill leaves is thrown away as any list that nobody uses. */
function momentary(lists: ListStore, opened: Opened): ListStore {
  return {
    get: (id) => lists.get(id),
    head: (id, count) => lists.head(id, count),
    rows: (id) => lists.rows(id),
    rejected: (id) => lists.rejected(id),
    discard: (id) => lists.discard(id),
    prune: (before) => lists.prune(before),
    async create(columns) {
      const writer = await lists.create(columns);
      return {
        add: (username, values) => writer.add(username, values),
        reject: (line, text, reason) => writer.reject(line, text, reason),
        async finish() {
          const list = await writer.finish();
          opened.hold({ [Symbol.asyncDispose]: () => lists.discard(list.listId) });
          return list;
        },
        [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
      };
    },
  };
}
