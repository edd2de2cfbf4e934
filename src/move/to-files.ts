/**
 * From the database into an empty folder, or into the one that was moved there. All of it is written beside what the folder has, in
 * `.moving/`; once both sides were compared and the database is closed, it takes the place of what was there.
 */
import { appendFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PRIVATE_FILE } from "../lib/files/private-files.ts";
import { createFolder, syncFolder } from "../lib/files/sync-folder.ts";
import { TroubledError } from "../lib/trouble.ts";
import { beginAnew, knownIdentity } from "../storage/files/folder/identity.ts";
import type { MovedFolder } from "../storage/files/folder/moved.ts";
import { forgetMoved, readMoved, refuseMoved, writeMoved } from "../storage/files/folder/moved.ts";
import type { OwnName } from "../storage/files/folder/own-names.ts";
import type { House } from "../storage/postgres/house/house.ts";
import { changeHouse, firstFilled, readHouse } from "../storage/postgres/house/house.ts";
import type { Side } from "./check.ts";
import { compare, databaseSide, folderSide } from "./check.ts";
import type { Moved, MoveParts } from "./move-parts.ts";
import { fates, moversOf } from "./movers.ts";

/** What was written and did not take its place yet. */
export const MOVING = ".moving";

const places = (dataDir: string) => ({
  data: join(dataDir, MOVING, "data"),
  /** What was in the folder before. */
  old: join(dataDir, MOVING, "old"),
  /** Names of pieces that are written whole, one a line. */
  done: join(dataDir, MOVING, "done"),
  /** There once everything that was in the folder is out of the way. */
  cleared: join(dataDir, MOVING, "cleared"),
});

/** What may be in an empty folder, with what taking its lease put there. */
const NOTHING: ReadonlySet<string> = new Set([
  "README.md",
  ".gitkeep",
  "lost+found",
  "identity.json",
  "lease.json",
]);

/**
 * Whoever calls it has the folder's lease.
 * @throws {TroubledError} when it can't be begun, and then nothing is changed; or when both sides differ
 */
export async function moveToFiles(parts: MoveParts): Promise<Moved> {
  const { dataDir, database, now, newId, tell } = parts;
  const before = await readMoved(dataDir);
  if (before?.state === "moving") await refuseMoved(dataDir);
  if (!before) await refuseFilled(dataDir);
  const move = before?.state === "returning" ? before.move : newId();
  const folder = (await knownIdentity(dataDir)) ?? "";
  mayBegin(await readHouse(database), move, await firstFilled(database));
  await createFolder(dataDir);
  if (before?.state !== "returning") await writeMoved(dataDir, returning(before, move, now()));
  await changeHouse(database, async (house) => {
    mayBegin(house, move, "asked before");
    const isBegun = house?.move === move;
    return isBegun ? undefined : { state: "emptying", move, folder, at: now() };
  }).catch(async (error: unknown) => {
    if (before?.state !== "returning" && error instanceof TroubledError) await takeBack(dataDir, before);
    throw error;
  });
  if (before?.state !== "returning") await parts.begun();
  const sides =
    (await readHouse(database))?.state === "closed"
      ? await databaseSide(database, () => undefined)
      : await write(parts);
  await changeHouse(database, async (house) =>
    house?.state === "emptying" ? { ...house, state: "closed", at: now() } : undefined,
  );
  tell({ kind: "closed" });
  await takePlace(dataDir, Object.keys(carried(now)));
  await parts.ended();
  return { tally: sides.tally };
}

function returning(before: MovedFolder | undefined, move: string, at: number): MovedFolder {
  return {
    state: "returning",
    move,
    at,
    ...(before ? { before: { move: before.move, at: before.at } } : {}),
  };
}

/** The folder is as it was before a move from the database that did not come to anything. */
export async function takeBack(dataDir: string, before: MovedFolder["before"]): Promise<void> {
  await rm(join(dataDir, MOVING), { recursive: true, force: true });
  if (before) await writeMoved(dataDir, { state: "moved", ...before });
  else await forgetMoved(dataDir);
}

function mayBegin(house: House | undefined, move: string, filled: string | undefined): void {
  if (house?.move === move && (house.state === "emptying" || house.state === "closed")) return;
  if (house && house.state !== "open")
    throw new TroubledError(
      "What is in the database can't be moved: another move is under way, or is over.",
      {
        code: "houseNotToMove",
      },
    );
  if (filled === undefined)
    throw new TroubledError("There is nothing of Peyk's in the database.", { code: "houseNotToMove" });
}

async function refuseFilled(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const strange = names.find((name) => !NOTHING.has(name) && !name.endsWith(".log"));
  if (strange !== undefined)
    throw new TroubledError(`${dataDir} is not empty: ${strange} is in it.`, {
      code: "moveNotEmpty",
      with: { path: dataDir, name: strange },
    });
}

async function write({ dataDir, database, now, tell, interrupted }: MoveParts): Promise<Side> {
  const { data, done } = places(dataDir);
  await createFolder(data);
  const noted = new Set((await readFile(done, "utf8").catch(() => "")).split("\n"));
  const all = (await Promise.all(moversOf(now).map((mover) => mover.inDatabase(database, dataDir)))).flat();
  for (const [nth, piece] of all.entries()) {
    interrupted.throwIfAborted();
    if (noted.has(piece.name)) continue;
    const place = { piece: piece.name, nth: nth + 1, of: all.length };
    tell({ kind: "piece", ...place });
    await createFolder(dirname(join(data, piece.name)));
    await piece.write(database, data, (names, of) => {
      interrupted.throwIfAborted();
      tell({ kind: "names", ...place, done: names, names: of });
    });
    await appendFile(done, `${piece.name}\n`, { mode: PRIVATE_FILE, flush: true });
  }
  const onRead = (names: number): void => {
    interrupted.throwIfAborted();
    tell({ kind: "checked", names });
  };
  const there = await databaseSide(database, onRead);
  compare(await folderSide(data, onRead), there);
  return there;
}

/** Names that a move carries. */
function carried(now: () => number): Partial<Record<OwnName, true>> {
  return Object.fromEntries(
    Object.entries(fates(now)).flatMap(([name, fate]) => ("stays" in fate ? [] : [[name, true as const]])),
  );
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(await readdir(folder).catch(() => []));
}

/** First everything that was there is put out of the way, then what was written is put in its place: each can be gone on with. */
async function takePlace(dataDir: string, names: readonly string[]): Promise<void> {
  const { data, old, cleared } = places(dataDir);
  if (!(await namesIn(join(dataDir, MOVING))).has("cleared")) {
    await mkdir(old, { recursive: true });
    const present = await namesIn(dataDir);
    for (const name of names) if (present.has(name)) await rename(join(dataDir, name), join(old, name));
    await syncFolder(dataDir);
    await writeFile(cleared, "", { mode: PRIVATE_FILE, flush: true });
    await syncFolder(join(dataDir, MOVING));
  }
  for (const name of await namesIn(data)) await rename(join(data, name), join(dataDir, name));
  await beginAnew(dataDir);
  await syncFolder(dataDir);
  await forgetMoved(dataDir);
  await rm(join(dataDir, MOVING), { recursive: true });
}
