/** Backups of a database are the administrator's: what Peyk says of them, and what it does at their word. */
import { TroubledError } from "../../../lib/trouble.ts";
import { openDatabase } from "../../../storage/postgres/database.ts";
import type { PutBackTables } from "../../../storage/postgres/home/home.ts";
import { moveIn, putDatabaseAtRest } from "../../../storage/postgres/home/home.ts";
import { prepareDatabase } from "../../../storage/postgres/own-schema.ts";

const DUMP = `pg_dump --format=custom --schema=peyk --file=peyk.dump "$DATABASE_URL"`;
const RESTORE = `pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" peyk.dump`;

export function backUpDatabase(): TroubledError {
  return new TroubledError(`Everything is in the database, and so is its backup made: ${DUMP}`, {
    code: "backUpDatabase",
    with: { command: DUMP },
  });
}

export function restoreDatabase(): TroubledError {
  return new TroubledError(`A backup is put into an empty database with ${RESTORE}`, {
    code: "restoreDatabase",
    with: { command: RESTORE },
  });
}

export function databasePutBack(): TroubledError {
  return new TroubledError(
    "The database was put back from a backup: what was begun in it waits for a word.",
    {
      code: "databasePutBack",
    },
  );
}

/** At somebody's word: everything that was begun waits for one. */
export async function putAtRestNow(url: string): Promise<PutBackTables> {
  await prepareDatabase(url);
  await using database = openDatabase({ url });
  return (await moveIn(database)) ?? (await putDatabaseAtRest(database));
}
