/**
 * The word in a data folder that closes it: what was in it is being moved to or from a database, or was moved there. Whoever
 * opens or looks at the folder is told; the move itself goes on by it.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { syncFolder } from "../../../lib/files/sync-folder.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { identityOf, noteKept, noteTakenOut, readIdentity } from "./identity.ts";

export const MOVED_FILE = "moved.json";

const format = {
  version: 1,
  schema: z.object({
    /** `moving`: to a database, under way; `moved`: it is there; `returning`: from there, under way. */
    state: z.enum(["moving", "moved", "returning"]),
    /** Id of the move. */
    move: z.string(),
    /** When the state began, ms since the epoch. */
    at: z.number(),
    /** Of one that is returning: the move to the database that had closed it; absent: it was empty. */
    before: z.object({ move: z.string(), at: z.number() }).exactOptional(),
  }),
};

export type MovedFolder = z.infer<typeof format.schema>;

export async function readMoved(dataDir: string): Promise<MovedFolder | undefined> {
  return readDocument(join(dataDir, MOVED_FILE), format);
}

/** The folder's id remembers that there is such a word: without it a folder that was moved would send once more. */
export async function writeMoved(dataDir: string, value: MovedFolder): Promise<void> {
  await writeFileAtomically(
    join(dataDir, MOVED_FILE),
    `${JSON.stringify({ version: format.version, value }, null, 2)}\n`,
  );
  await readIdentity(dataDir); // one that never was started gets its id now
  await noteKept(dataDir, { kept: [MOVED_FILE], filled: [] });
}

/** What is in the folder is its own again. */
export async function forgetMoved(dataDir: string): Promise<void> {
  await noteTakenOut(dataDir, MOVED_FILE);
  await rm(join(dataDir, MOVED_FILE), { force: true });
  await syncFolder(dataDir);
}

/** @throws {TroubledError} that says where everything is, and what to do */
export async function refuseMoved(dataDir: string): Promise<void> {
  const moved = await readMoved(dataDir);
  if (!moved) return refuseWithoutWord(dataDir);
  const { state, at } = moved;
  switch (state) {
    case "moving":
      throw new TroubledError(
        `What is in ${dataDir} is only half moved to a database. Run peyk move again.`,
        {
          code: "folderMoving",
          with: { path: dataDir },
        },
      );
    case "returning":
      throw new TroubledError(
        `What is in the database is only half moved to ${dataDir}. Run peyk move --to-files again.`,
        { code: "folderReturning", with: { path: dataDir } },
      );
    case "moved":
      throw new TroubledError(`What was in ${dataDir} was moved to a database.`, {
        code: "folderMoved",
        with: { path: dataDir, moment: at },
      });
  }
}

async function refuseWithoutWord(dataDir: string): Promise<void> {
  const identity = await identityOf(dataDir).catch(() => undefined);
  if (identity?.kept?.includes(MOVED_FILE) !== true) return;
  throw new TroubledError(`${MOVED_FILE} is gone from ${dataDir}, which was moved to a database.`, {
    code: "folderMovedWordGone",
    with: { path: dataDir },
  });
}
