/** A folder for a moment, this user's alone: whoever made it removes it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface MomentaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** @param name Begins the folder's name, which is made up anew each time */
export async function makeMomentaryFolder(name: string): Promise<MomentaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
