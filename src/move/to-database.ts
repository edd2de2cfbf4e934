/**
 * From a folder into an empty database. While it is under way both are closed: the folder by a word in it, the database by its own. A
 * piece and the note that it is there are one transaction, so a move that was killed goes on where it was. The moment at which the
 * database is open is the one at which everything lives there.
 */
import { TroubledError } from "../lib/trouble.ts";
import { knownIdentity } from "../storage/files/folder/identity.ts";
import { forgetMoved, readMoved, refuseMoved, writeMoved } from "../storage/files/folder/moved.ts";
import type { Database, Queryable } from "../storage/postgres/database.ts";
import type { House } from "../storage/postgres/house/house.ts";
import { changeHouse, clearHouse, firstFilled, readHouse } from "../storage/postgres/house/house.ts";
import { readCampaigns } from "./campaigns/campaigns.ts";
import type { Side } from "./check.ts";
import { compare, databaseSide, folderSide } from "./check.ts";
import type { Moved, MoveParts } from "./move-parts.ts";
import { moversOf } from "./movers.ts";
import type { PieceIn } from "./piece.ts";

const NOTE = `insert into peyk.moved_pieces (name, at) values ($1, peyk.now())`;
const NOTED = `select name from peyk.moved_pieces`;
const ANALYZE = `analyze peyk.recipients, peyk.journal, peyk.uses, peyk.leads, peyk.subscribers, peyk.suppressions`;

/**
 * Whoever calls it has the folder's lease, and the tables are up to date.
 * @throws {TroubledError} when it can't be begun, and then nothing is changed; or when both sides differ
 */
export async function moveToDatabase(parts: MoveParts): Promise<Moved> {
  const { dataDir, database, now, newId, tell } = parts;
  const before = await readMoved(dataDir);
  if (before && before.state !== "moving") await refuseMoved(dataDir);
  await readCampaigns(dataDir);
  const move = before?.move ?? newId();
  const folder = (await knownIdentity(dataDir)) ?? "";
  await mayBegin(await readHouse(database), { move, folder }, database);
  if (!before) await writeMoved(dataDir, { state: "moving", move, at: now() });
  try {
    await begin(database, { move, folder, now });
  } catch (error) {
    if (!before && error instanceof TroubledError) await forgetMoved(dataDir);
    throw error;
  }
  if (!before) await parts.begun();
  if ((await readHouse(database))?.state === "filling") await fill(parts);
  const sides = await checked(parts);
  await changeHouse(database, async (house) =>
    house?.state === "filling" ? { ...house, state: "open", at: now() } : undefined,
  );
  await parts.ended();
  await writeMoved(dataDir, { state: "moved", move, at: now() });
  tell({ kind: "closed" });
  return { tally: sides.tally };
}

interface Ids {
  readonly move: string;
  readonly folder: string;
}

async function mayBegin(house: House | undefined, { move, folder }: Ids, database: Queryable): Promise<void> {
  if (house?.move === move && (house.state === "filling" || house.state === "open")) return;
  if (house?.state === "filling") {
    if (house.folder === folder) return;
    throw new TroubledError("The database is half filled from another data folder.", {
      code: "houseOfAnother",
    });
  }
  const filled = house ? "house" : await firstFilled(database);
  if (filled !== undefined)
    throw new TroubledError(`Something of Peyk's is in the database already (${filled}).`, {
      code: "houseNotEmpty",
    });
}

/** Half filled by a move that was given up, it is begun anew: nobody ever worked with what is there. */
async function begin(database: Database, ids: Ids & { readonly now: () => number }): Promise<void> {
  await changeHouse(database, async (house, connection) => {
    await mayBegin(house, ids, connection);
    if (house?.move === ids.move) return undefined;
    if (house) await clearHouse(connection);
    return { state: "filling", move: ids.move, folder: ids.folder, at: ids.now() };
  });
}

async function fill({ dataDir, database, now, tell, interrupted }: MoveParts): Promise<void> {
  const noted = new Set((await database.query<{ name: string }>(NOTED)).rows.map(({ name }) => name));
  const all = (await Promise.all(moversOf(now).map((mover) => mover.inFolder(dataDir)))).flat();
  const left = all.filter(({ name }) => !noted.has(name));
  for (const [nth, piece] of left.entries()) {
    interrupted.throwIfAborted();
    const place = { piece: piece.name, nth: all.length - left.length + nth + 1, of: all.length };
    tell({ kind: "piece", ...place });
    await database.inTransaction(async (connection) => {
      await fillOne(piece, connection, (done, names) => {
        interrupted.throwIfAborted();
        tell({ kind: "names", ...place, done, names });
      });
      await connection.query(NOTE, [piece.name]);
    });
  }
  await database.query(ANALYZE).catch(() => undefined); // the server does so by itself in time
}

/** Nobody is in the database twice under one name of a campaign, as somebody in a folder that was put together by hand may be. */
async function fillOne(piece: PieceIn, connection: Queryable, tell: Parameters<PieceIn["fill"]>[1]) {
  try {
    await piece.fill(connection, tell);
  } catch (error) {
    if (!(error instanceof Error) || !("sqlState" in error) || error.sqlState !== "23505") throw error;
    throw new TroubledError(`Something is twice in ${piece.name}: ${error.message}`, {
      code: "moveTwice",
      with: { what: piece.name },
    });
  }
}

async function checked({ dataDir, database, tell, interrupted }: MoveParts): Promise<Side> {
  const onRead = (names: number): void => {
    interrupted.throwIfAborted();
    tell({ kind: "checked", names });
  };
  const folder = await folderSide(dataDir, onRead);
  const there = await databaseSide(database, onRead);
  compare(folder, there);
  return there;
}
