/** What the doctor looks at in a database: how it is, and all that it keeps. */
import type { Clock } from "../../../lib/clock.ts";
import type { Archive } from "../../../storage/ports/archive.ts";
import type { DatabaseLook, WorkLook } from "../../../storage/ports/database-look.ts";
import { createDatabaseArchive } from "../../../storage/postgres/archive/archive.ts";
import { lookAtDatabase, lookAtWork } from "../../../storage/postgres/archive/look-at-database.ts";
import { openDatabase } from "../../../storage/postgres/database.ts";

export interface LookedIntoDatabase extends AsyncDisposable {
  /** @throws what stood in the way */
  readonly database: () => Promise<DatabaseLook & { readonly work?: WorkLook }>;
  /** Absent where the tables are not this version's, or can't be reached. */
  readonly archive?: Archive;
}

export async function lookIntoDatabase(url: string, clock: Clock): Promise<LookedIntoDatabase> {
  const database = openDatabase({ url });
  const close = () => database[Symbol.asyncDispose]();
  const looked = lookAtDatabase(database, () => clock.now()).then(async (look) => ({
    ...look,
    ...(look.tables.there === look.tables.known ? { work: await lookAtWork(database) } : {}),
  }));
  const isOurs = await looked.then(
    ({ work }) => work !== undefined,
    () => false,
  );
  return {
    database: () => looked,
    ...(isOurs ? { archive: createDatabaseArchive(database) } : {}),
    [Symbol.asyncDispose]: close,
  };
}
