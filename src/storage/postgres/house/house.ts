/** Who may live in the database: nobody while everything is being moved in or out, nor once it was moved out. */
import { z } from "zod";
import { TroubledError } from "../../../lib/trouble.ts";
import type { Database, Queryable } from "../database.ts";

export const houseStates = ["filling", "open", "emptying", "closed"] as const;

/** A move between a folder and the database, and how far it is. */
export interface House {
  readonly state: (typeof houseStates)[number];
  /** Id of the move. */
  readonly move: string;
  /** Id of the data that is moved. */
  readonly folder: string;
  /** When its state began, ms since the epoch. */
  readonly at: number;
}

const houseSchema = z.object({
  state: z.enum(houseStates),
  move: z.string(),
  folder: z.string(),
  at: z.number(),
});

const READ = `select state, move, folder, at from peyk.house`;
const HOLD = `select peyk.hold_house($1)`;
const PUT = `
insert into peyk.house (state, move, folder, at) values ($1, $2, $3, $4)
on conflict (is_only) do update set
  state = excluded.state, move = excluded.move, folder = excluded.folder, at = excluded.at`;
const AT_WORK = `select count(*) as count from peyk.owners where peyk.owns(id)`;

/** Undefined: nothing was ever moved here or away. */
export async function readHouse(database: Queryable): Promise<House | undefined> {
  const { rows } = await database.query(READ);
  return rows[0] && houseSchema.parse(rows[0]);
}

/** @throws {TroubledError} saying what to do where nobody may work with what is in the database */
export async function refuseUnlessOpen(database: Queryable): Promise<void> {
  const house = await readHouse(database);
  if (house?.state === "filling")
    throw new TroubledError("What is in the database is only half moved there. Run peyk move again.", {
      code: "houseFilling",
    });
  if (house?.state === "emptying")
    throw new TroubledError(
      "What is in the database is being moved to a folder. Run peyk move --to-files again.",
      { code: "houseEmptying" },
    );
  if (house?.state === "closed")
    throw new TroubledError("Everything was moved from the database to a folder.", {
      code: "houseClosed",
      with: { moment: house.at },
    });
}

/** The same in a transaction that begins to work: no move begins before it is over. */
export async function enterHouse(connection: Queryable): Promise<void> {
  await connection.query(HOLD, [false]);
  await refuseUnlessOpen(connection);
}

/**
 * Puts another state in the place of the one there is. Nobody begins to work meanwhile.
 * @param next Answers undefined where it stays as it is
 * @throws {TroubledError} when a process works with what is there
 */
export async function changeHouse(
  database: Database,
  next: (house: House | undefined, connection: Queryable) => Promise<House | undefined>,
): Promise<void> {
  await database.inTransaction(async (connection) => {
    await connection.query(HOLD, [true]);
    const { rows } = await connection.query<{ count: number }>(AT_WORK);
    const [{ count } = { count: 0 }] = rows;
    if (count > 0)
      throw new TroubledError("Processes of Peyk work with the database. Stop them first.", {
        code: "houseInUse",
        with: { count },
      });
    const house = await next(await readHouse(connection), connection);
    if (house) await connection.query(PUT, [house.state, house.move, house.folder, house.at]);
  });
}

/** Tables that say nothing of what is kept: of processes that are at work, of this very database, and of the move itself. */
const aside = [
  "migrations",
  "house",
  "moved_pieces",
  "owners",
  "workers",
  "holds",
  "home",
  "lanes",
  "lane_places",
];

const TABLES = `
select tablename as name from pg_tables
where schemaname = 'peyk' and tablename not in (${aside.map((name) => `'${name}'`).join(", ")}) order by tablename`;

/** Every table of what is kept. */
export async function keptTables(database: Queryable): Promise<readonly string[]> {
  return (await database.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
}

/** The first of Peyk's tables in which something is; undefined: it is empty. */
export async function firstFilled(database: Queryable): Promise<string | undefined> {
  for (const name of await keptTables(database)) {
    const found = await database.query(`select from peyk.${name} limit 1`);
    if (found.rows.length > 0) return name;
  }
  return undefined;
}

/** Nothing was ever moved here or away. */
export async function forgetHouse(connection: Queryable): Promise<void> {
  await connection.query("delete from peyk.house");
}

/** Takes everything out, of a move that is begun anew. */
export async function clearHouse(connection: Queryable): Promise<void> {
  const names = (await keptTables(connection)).map((name) => `peyk.${name}`);
  await connection.query(`truncate ${[...names, "peyk.moved_pieces"].join(", ")} restart identity`);
}
