/** One person out of the copy in PostgreSQL, in one transaction; done twice it comes to the same. */
import type { PersonToErase } from "../../../domain/people/erased.ts";
import type { Connect, Connection } from "../connection.ts";
import { inTransaction } from "../connection.ts";

/** What stands in the place of a name; undefined where it is not theirs. */
export interface StandsFor {
  aliasOf(name: string): string | undefined;
}

/** @throws {ExternalStoreError} when the database can't be reached or refuses */
export async function eraseInCopy(connect: Connect, person: PersonToErase, match: StandsFor): Promise<void> {
  await using connection = await connect();
  await inTransaction(connection, () => takeOutOfCopy(connection, person, match));
}

/** Where there is a copy. @param connection A transaction */
export async function takeOutOfCopy(
  connection: Pick<Connection, "query">,
  { names, ids }: PersonToErase,
  match: StandsFor,
): Promise<void> {
  const { rows } = await connection.query<{ there: string | null }>(
    "select to_regclass('peyk_copy.recipients')::text as there",
  );
  if (typeof rows[0]?.there !== "string") return;
  // The triggers keep what others delete: a row that goes by hand is somebody's word, and no erasing.
  await connection.query("select set_config('peyk.sync', 'on', true)");
  for (const name of names)
    await connection.query(
      "update peyk_copy.recipients set username = $2, message_id = null, why = null where username = $1",
      [name, match.aliasOf(name) ?? name],
    );
  await connection.query("delete from peyk_copy.leads where username = any($1) or id = any($2)", [
    names,
    ids,
  ]);
  await connection.query("delete from peyk_copy.suppressions where username = any($1)", [names]);
  await connection.query("delete from peyk_copy.opt_outs where username = any($1)", [names]);
  // The next round copies the campaign's document again, as it stands then.
  await connection.query(
    `update peyk_copy.campaigns set document = document #- '{pause,names}', hash = ''
       where document #> '{pause,names}' ?| $1::text[]`,
    [names],
  );
}
