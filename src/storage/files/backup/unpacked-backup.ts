/** A backup's files in a folder of their own, for as long as somebody looks at them. */
import { makeMomentaryFolder } from "../../../lib/files/momentary-folder.ts";
import { unpackBackup } from "./unpack-backup.ts";

export interface Unpacked {
  /** Of the folder. */
  readonly path: string;
  /** When the backup was made, ms since the epoch. */
  readonly madeAt: number;
}

/** @throws {TroubledError} when it is no whole backup */
export async function withUnpacked<T>(path: string, look: (unpacked: Unpacked) => Promise<T>): Promise<T> {
  await using folder = await makeMomentaryFolder("peyk-backup");
  const { madeAt } = await unpackBackup(path, folder.path);
  return await look({ path: folder.path, madeAt });
}
