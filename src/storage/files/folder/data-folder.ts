/** Entering a data folder: it is this user's alone, and whole. Everybody who opens or looks at one comes in here. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { checkPrivateFolder, openPrivateFolder } from "../../../lib/files/private-files.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { ownNames } from "./own-names.ts";

/** There while a backup is being put back; with it the folder is no data yet. */
export const RESTORING = ".restoring";

/**
 * Opens the folder for this user alone, creating it where there is none.
 * @throws {TroubledError} when a backup was only half put back into it
 */
export async function openDataFolder(path: string): Promise<void> {
  await refuseHalfRestored(path);
  await openPrivateFolder(path, ownNames);
}

/** The same for whoever only looks, and changes nothing. */
export async function checkDataFolder(path: string): Promise<void> {
  await refuseHalfRestored(path);
  await checkPrivateFolder(path, ownNames);
}

/** Tells whether a backup was only half put back into a folder. */
export function isHalfRestored(path: string): Promise<boolean> {
  return lstat(join(path, RESTORING)).then(
    () => true,
    () => false,
  );
}

async function refuseHalfRestored(path: string): Promise<void> {
  if (!(await isHalfRestored(path))) return;
  throw new TroubledError(`A backup was only half put back into ${path}. Run peyk restore again.`, {
    code: "halfRestored",
    with: { path },
  });
}
