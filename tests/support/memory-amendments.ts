/** What was taken back and mended, in memory: a disk that outlives "processes", each line an effect. */
import type { AmendmentEntry } from "../../src/domain/amending/amendment.ts";
import { AmendmentFold } from "../../src/domain/amending/amendment-fold.ts";
import { parseAmendmentLine } from "../../src/storage/ports/documents/amendment-line.ts";
import type { AmendmentStore } from "../../src/storage/ports/amendments.ts";
import type { Effect } from "./memory-stores.ts";
import { noCrash } from "./memory-stores.ts";

export type AmendmentDisk = Map<string, AmendmentEntry[]>;

export function createMemoryAmendments(disk: AmendmentDisk, effect: Effect = noCrash): AmendmentStore {
  const folds = new Map<string, AmendmentFold>();
  const foldOf = (id: string): AmendmentFold => {
    const fold = folds.get(id) ?? new AmendmentFold();
    if (!folds.has(id)) for (const entry of disk.get(id) ?? []) fold.apply(entry);
    folds.set(id, fold);
    return fold;
  };
  return {
    read: async (id) => foldOf(id),
    open: async (id) => ({
      fold: foldOf(id),
      async record(entry) {
        await effect(`before ${entry.t}`);
        const written = parseAmendmentLine(JSON.stringify(entry));
        disk.set(id, [...(disk.get(id) ?? []), written]);
        foldOf(id).apply(written);
        await effect(`after ${entry.t}`);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
    unfinished: async (ids) => ids.filter((id) => foldOf(id).open),
  };
}
