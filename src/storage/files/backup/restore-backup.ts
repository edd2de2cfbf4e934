/**
 * Puts a backup into an empty folder. Promises that a stop at any moment leaves either no data or all of it: while
 * `.restoring` is there the folder is nobody's data, and it goes when everything else is in its place.
 */
import { access, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PutBackFolder } from "../../../domain/restored-mark.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { PRIVATE_FOLDER } from "../../../lib/files/private-files.ts";
import { createFolder, syncFolder } from "../../../lib/files/sync-folder.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { RESTORING, isHalfRestored } from "../folder/data-folder.ts";
import { writeLeaseAfter } from "../folder/lease.ts";
import { ownNames } from "../folder/own-names.ts";
import type { About } from "./backup-format.ts";
import type { AtRest } from "./put-at-rest.ts";
import { putAtRest } from "./put-at-rest.ts";
import { unpackBackup } from "./unpack-backup.ts";

/** What a folder was put back from; stays in it. */
export const RESTORED_FILE = "restored.json";

/** What says of which backup a folder was put back. */
export const restoredFormat = {
  version: 1,
  schema: z.object({ madeAt: z.number(), at: z.number(), epoch: z.number() }),
};

/** What a folder was put back from; undefined: it never was. */
export async function readPutBack(dataDir: string): Promise<PutBackFolder | undefined> {
  return readDocument(join(dataDir, RESTORED_FILE), restoredFormat);
}

export interface RestoreRequest {
  /** The backup's file. */
  readonly path: string;
  readonly dataDir: string;
  /** ms since the epoch */
  readonly now: number;
  /** Called before each of its steps; throwing stops it there. */
  readonly beforeStep?: () => void;
}

/** A folder that has its data again. */
export interface PutBack extends AtRest {
  /** When the backup was made, ms since the epoch. */
  readonly madeAt: number;
}

/** What may lie in an empty folder. */
const NOTHING: ReadonlySet<string> = new Set(["README.md", ".gitkeep", "lost+found"]);

/**
 * @throws {TroubledError} when there is something in the folder, which then stays as it is, or the file is no whole backup
 * @throws the system's error when the file can't be read; the folder stays as it is
 */
export async function restoreBackup(request: RestoreRequest): Promise<PutBack> {
  const { path, dataDir, now, beforeStep = () => undefined } = request;
  await access(path);
  await clearTheWay(dataDir);
  const staging = join(dataDir, RESTORING);
  beforeStep();
  await createFolder(dataDir);
  await mkdir(staging, { mode: PRIVATE_FOLDER });
  await syncFolder(dataDir);
  try {
    const about = await unpackBackup(path, staging);
    beforeStep();
    const atRest = await putAtRest(staging, { madeAt: about.madeAt, at: now });
    beforeStep();
    await begin(staging, about, now);
    for (const name of await readdir(staging)) {
      beforeStep();
      await rename(join(staging, name), join(dataDir, name));
    }
    beforeStep();
    await syncFolder(dataDir);
    await rm(staging, { recursive: true });
    await syncFolder(dataDir);
    return { madeAt: about.madeAt, ...atRest };
  } catch (error) {
    // Whatever it was, the folder is as empty as before, unless the disk refuses even that.
    if (error instanceof TroubledError) await clearTheWay(dataDir).catch(() => undefined);
    throw error;
  }
}

/** It is the next start on this data, and no process of an earlier one may write to it any more. */
async function begin(staging: string, { madeAt, epoch }: About, at: number): Promise<void> {
  await writeLeaseAfter(staging, epoch, at);
  const restored = { madeAt, at, epoch };
  const document = await openDocument(join(staging, RESTORED_FILE), { ...restoredFormat, initial: restored });
  await document.update(() => restored);
}

/** Removes what an earlier try left. @throws {TroubledError} when there is anything else */
async function clearTheWay(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const isHalf = await isHalfRestored(dataDir);
  const isLeft = (name: string): boolean => name === RESTORING || (isHalf && ownNames.has(name));
  const strange = names.find((name) => !NOTHING.has(name) && !isLeft(name));
  if (strange !== undefined)
    throw new TroubledError(
      `${dataDir} is not empty: ${strange} is in it. A backup goes into an empty folder.`,
      {
        code: "restoreNotEmpty",
        with: { path: dataDir, name: strange },
      },
    );
  // What says that it is no data goes last.
  for (const name of names.filter((one) => isLeft(one) && one !== RESTORING))
    await rm(join(dataDir, name), { recursive: true, force: true });
  await rm(join(dataDir, RESTORING), { recursive: true, force: true });
}
