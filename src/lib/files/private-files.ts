/**
 * What Peyk keeps is for its own user alone, whatever the umask lets others do: owns the modes of new files and folders,
 * and the promise that an older folder is closed to others before anything in it is trusted.
 */
import type { Stats } from "node:fs";
import { chmodSync, lstatSync, readdirSync } from "node:fs";
import { access, chmod, constants, copyFile, stat } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join, resolve, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Trouble } from "../trouble.ts";
import { createFolder } from "./sync-folder.ts";

/** Mode of a file: read and written by its owner. */
export const PRIVATE_FILE = 0o600;

/** Mode of a folder: entered by its owner. */
export const PRIVATE_FOLDER = 0o700;

/** Group and others may do something. */
const OTHERS = 0o077;

const ROOT = 0;

/** Tells whether others on this computer may do something with a file of this mode; on Windows modes say nothing. */
export function isOpenToOthers(mode: number): boolean {
  return process.platform !== "win32" && (mode & OTHERS) !== 0;
}

/** Tells whether a file is this user's own; always where files have no owners. */
export function isOwn(uid: number): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** What this user is called on this computer; their number where it has no name for them. */
export function ownLogin(): string {
  try {
    return userInfo().username;
  } catch {
    return `#${process.getuid?.() ?? 0}`;
  }
}

/** Copies a file for this user alone, who may write to the copy whatever the mode of the original. */
export async function copyPrivately(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, PRIVATE_FILE);
}

/** The same where there may be none: what is not there has nothing in it. */
export async function copyIfThere(from: string, to: string): Promise<void> {
  await copyPrivately(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** Something in the folder is another user's, who could read it, change it or put anything in its place. */
export class ForeignFileError extends Error {
  override readonly name = "ForeignFileError";
  readonly trouble: Trouble;

  constructor(path: string) {
    super(
      `${path} belongs to another user of this computer, so what it says can't be trusted. Move it away.`,
    );
    this.trouble = { code: "foreignFile", with: { path } };
  }
}

/** The data folder can't be made, or nothing can be written in it. */
export class UnusableFolderError extends Error {
  override readonly name = "UnusableFolderError";
  readonly trouble: Trouble;

  constructor(path: string, cause: NodeJS.ErrnoException) {
    const system = cause.code ?? cause.message;
    super(`the data folder ${path} can't be made or written (${system})`, { cause });
    this.trouble = { code: "dataFolder", with: { path, system } };
  }
}

/**
 * Opens a folder for this user alone, creating it where there is none, and closes to others whatever lies in it. Links are
 * not followed.
 *
 * A folder that is more than Peyk's (the one it was started in, somebody's home) keeps its mode, and of what lies there
 * only Peyk's own files change theirs.
 * @param own Names of these files
 * @throws {UnusableFolderError} when there can't be such a folder, or this user may not write in it
 * @throws {ForeignFileError} when the folder or something in it is another user's; root may work in anybody's folder
 */
export async function openPrivateFolder(path: string, own: ReadonlySet<string>): Promise<void> {
  const unusable = (cause: NodeJS.ErrnoException): never => {
    throw new UnusableFolderError(path, cause);
  };
  await createFolder(path).catch(unusable);
  await eachOfOurs(path, own, close);
  await access(path, constants.W_OK | constants.X_OK).catch(unusable);
}

/**
 * Looks whether all that lies in a folder is this user's, as {@link openPrivateFolder} does, and changes nothing; a folder
 * that is not there has nothing in it.
 * @throws {ForeignFileError} when the folder or something in it is another user's
 */
export async function checkPrivateFolder(path: string, own: ReadonlySet<string>): Promise<void> {
  await eachOfOurs(path, own, () => undefined);
}

/** @param deed What is done to the folder and each thing in it before it is looked into; links are left out */
async function eachOfOurs(
  path: string,
  own: ReadonlySet<string>,
  deed: (path: string, stats: Stats) => void,
): Promise<void> {
  const stats = lstatSync(path, { throwIfNoEntry: false }) && (await stat(path));
  if (!stats) return;
  if (!isOurs(stats, stats.uid)) throw new ForeignFileError(path);
  const isAlsoOthers = isMoreThanPeyks(path);
  if (!isAlsoOthers) deed(path, stats);
  const names = readdirSync(path).filter((name) => !isAlsoOthers || own.has(name));
  const waiting = names.map((name) => join(path, name));
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const within = lookInto(entry, stats.uid, deed);
    for (const name of within) waiting.push(join(entry, name));
    if (within.length > 0) await nextTurn();
  }
}

/** Nobody else may do anything with it from now on. */
function close(path: string, stats: Stats): void {
  if (isOpenToOthers(stats.mode)) chmodSync(path, stats.isDirectory() ? PRIVATE_FOLDER : PRIVATE_FILE);
}

/** Answers the names in it, where it is a folder. What goes away meanwhile was a temporary file of a running Peyk. */
function lookInto(
  path: string,
  ownerOfAll: number,
  deed: (path: string, stats: Stats) => void,
): readonly string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!isOurs(stats, ownerOfAll)) throw new ForeignFileError(path);
  if (stats.isSymbolicLink()) return [];
  try {
    deed(path, stats);
    return stats.isDirectory() ? readdirSync(path) : [];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Root works in folders of others, as in a container, where all of it is that one user's or its own. */
function isOurs({ uid }: Stats, ownerOfAll: number): boolean {
  return isOwn(uid) || (isOwn(ROOT) && uid === ownerOfAll);
}

/** Tells whether a folder is, or holds, the working folder or the home of this user. */
function isMoreThanPeyks(path: string): boolean {
  const whole = resolve(path);
  const around = whole.endsWith(sep) ? whole : whole + sep;
  return [process.cwd(), homedir()].some((place) => place === whole || place.startsWith(around));
}
