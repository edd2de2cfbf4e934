/**
 * Notices that the tables were put back from a dump: they say where they stood when somebody began to work on them, and it is
 * not there any more. What was sent after the dump nobody here can know, so in the same transaction everything that was begun
 * waits for a word, as in a folder that was put back. A copy of the disk, or a server that was wound back, brings all of its
 * numbers along and is not noticed: whoever does that says it ({@link putDatabaseAtRest}).
 */
import { z } from "zod";
import type { PutBackFolder } from "../../../domain/restored-mark.ts";
import type { Database, Queryable } from "../database.ts";
import { documentsIn } from "../documents/documents.ts";
import { RESTORED } from "../house/put-back.ts";
import { NOW } from "../ledger/rows-sql.ts";
import { LAST_SIGN, LOCK, MOVED_IN_BY, MOVE_IN, STANDS } from "./home-sql.ts";
import type { AtRest } from "./put-at-rest.ts";
import { putAtRest } from "./put-at-rest.ts";

/** What the tables were put back from, and what became of them then. */
export interface PutBackTables extends PutBackFolder, AtRest {}

/** As a folder keeps it, too; `epoch` is of no use here. */
const restoredSchema = z.looseObject({ madeAt: z.number(), at: z.number(), epoch: z.number() });

/** Whoever is to work on the tables does this first. Answers what they were put back from since somebody did. */
export function moveIn(database: Database): Promise<PutBackTables | undefined> {
  return database.inTransaction(moveInHere);
}

/**
 * The same for whoever goes on after it was silent: meanwhile a dump may have been put back, which brings the leases of that
 * time along and not their owners ({@link LeaseLostError}).
 * @returns `mark`: another where somebody moved in anew since it was asked last
 */
export async function lookHome(
  here: Queryable,
): Promise<{ readonly mark: string | undefined; readonly putBack: PutBackTables | undefined }> {
  const wasHome = (await here.query<{ mark: string }>(MOVED_IN_BY)).rows.length > 0;
  const putBack = wasHome ? await moveInHere(here) : undefined;
  return { mark: (await here.query<{ mark: string }>(MOVED_IN_BY)).rows[0]?.mark, putBack };
}

async function moveInHere(here: Queryable): Promise<PutBackTables | undefined> {
  await here.query(LOCK);
  const isHome = (await here.query<{ isHome: boolean }>(STANDS)).rows[0]?.isHome;
  if (isHome === true) return undefined;
  await here.query(MOVE_IN);
  // Where nobody worked before there is nothing to be put back.
  return isHome === undefined ? undefined : atRest(here);
}

/** The same at somebody's word. */
export function putDatabaseAtRest(database: Database): Promise<PutBackTables> {
  return database.inTransaction(async (here) => {
    await here.query(LOCK);
    return atRest(here);
  });
}

async function atRest(here: Queryable): Promise<PutBackTables> {
  const at = (await here.query<{ now: number }>(NOW)).rows[0]?.now ?? 0;
  const madeAt = (await here.query<{ at: number | null }>(LAST_SIGN)).rows[0]?.at ?? at;
  const rested = await putAtRest(here, { madeAt, at });
  const restored = documentsIn(here, { kind: RESTORED, schema: restoredSchema });
  await restored.change("", () => ({ madeAt, at, epoch: 0 }));
  return { madeAt, at, ...rested };
}
