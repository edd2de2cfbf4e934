/**
 * What a backup is: a gzipped tar archive. First what it is of, then the files of a data folder, last their checksums, so
 * that one which was cut off is known by lacking them.
 */
import { createHash } from "node:crypto";
import { z } from "zod";

export const FORMAT = "peyk-backup";

/** Of the format; a backup of a later one is not understood. */
export const VERSION = 1;

/** The first file of the archive. */
export const ABOUT_FILE = "backup.json";

export const aboutSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  /** When it was begun, ms since the epoch. */
  madeAt: z.number(),
  /** Id of the data folder it was made of. */
  identity: z.string(),
  /** How often that folder had been taken by then. */
  epoch: z.int().nonnegative(),
});
export type About = z.infer<typeof aboutSchema>;

/** The last file of the archive. */
export const SUMS_FILE = "checksums.json";

const sum = z.string().regex(/^[0-9a-f]{64}$/);

export const sumsSchema = z.object({
  /** SHA-256 of every file, in the order of the archive. */
  files: z.array(z.object({ name: z.string(), sha256: sum })),
  /** SHA-256 over all of these. */
  sha256: sum,
});
export type Sums = z.infer<typeof sumsSchema>;

/** The last file's content. */
export function sumsOf(files: Sums["files"]): Sums {
  return { files, sha256: createHash("sha256").update(JSON.stringify(files)).digest("hex") };
}
