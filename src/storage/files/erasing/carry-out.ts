/**
 * Carries erasures out on a folder that nobody has open. The record of who is to be erased is on disk before and goes last:
 * a stop at any moment is gone on from at the next start, and ends the same.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ErasureRequest } from "../../ports/erasing.ts";
import type { ErasedStore } from "./erased-store.ts";
import { personFiles } from "./person-files.ts";
import type { PersonMatch } from "../../ports/erased/person-match.ts";
import { writingPen } from "./rewriting.ts";
import { createPersonMatch } from "../../ports/erased/person-match.ts";

export interface CarryingOut {
  readonly dataDir: string;
  readonly store: ErasedStore;
  /** ms since the epoch */
  readonly now: number;
  /** Called before each file is written; throwing stops it there. */
  readonly beforeStep?: () => void;
  /** Throws when this process may write no more; for stores that write by themselves. */
  readonly beforeWrite?: () => void;
  /** Takes the person out of what is kept elsewhere; where it can't, all of it is done again the next time. */
  readonly elsewhere?: (one: ErasureRequest, match: PersonMatch) => Promise<void>;
}

/** Answers how many were erased. */
export async function carryOutErasures({
  dataDir,
  store,
  now,
  beforeStep = () => undefined,
  beforeWrite = () => undefined,
  elsewhere,
}: CarryingOut): Promise<number> {
  let done = 0;
  const pen = writingPen(beforeStep);
  for (const one of store.pending()) {
    const match = createPersonMatch(one, store.aliases);
    for (const [name, forget] of Object.entries(personFiles))
      await forget(join(dataDir, name), { match, now, pen, beforeWrite });
    await removeLeftovers(dataDir, beforeStep);
    await elsewhere?.(one, match);
    beforeStep();
    await store.carriedOut(one);
    done++;
  }
  return done;
}

/** What was set aside or left by a crash may hold anybody. */
async function removeLeftovers(dataDir: string, beforeStep: () => void): Promise<void> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !/\.broken-\d+$|\.tmp$/.test(entry.name)) continue;
    beforeStep();
    await rm(join(entry.parentPath, entry.name), { force: true });
  }
}
