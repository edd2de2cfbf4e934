/** Entering a data folder: it is this user's alone, and whole. Everybody who opens or looks at one comes in here. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { checkPrivateFolder, openPrivateFolder } from "../../../lib/files/private-files.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { refuseMoved } from "./moved.ts";
import { ownNames } from "./own-names.ts";

/** There while a backup is being put back; with it the folder is no data yet. */
export const RESTORING = ".restoring";

/**
 * Opens the folder for this user alone, creating it where there is none.
 * @param store Where everything is kept: in the folder, which is no place for it once it was moved to a database, or there
 * @throws {TroubledError} when a backup was only half put back into it, or what was in it was moved to a database
 */
export async function openDataFolder(path: string, store: "files" | "postgres" = "files"): Promise<void> {
  await refuseHalfRestored(path);
  await openPrivateFolder(path, ownNames);
  if (store === "files") await refuseMoved(path);
}

/** The same for whoever only looks, and changes nothing. */
export async function checkDataFolder(path: string, store: "files" | "postgres" = "files"): Promise<void> {
  await refuseHalfRestored(path);
  await checkPrivateFolder(path, ownNames);
  if (store === "files") await refuseMoved(path);
}

/** Tells whether a backup was only half put back into a folder. */
export function isHalfRestored(path: string): Promise<boolean> {
  return lstat(join(path, RESTORING)).then(
    () => true,
    () => false,
  );
}

/** @throws {TroubledError} */
export async function refuseHalfRestored(path: string): Promise<void> {
  if (!(await isHalfRestored(path))) return;
  throw new TroubledError(`A backup was only half put back into ${path}. Run peyk restore again.`, {
    code: "halfRestored",
    with: { path },
  });
}
