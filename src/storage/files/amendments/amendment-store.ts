/**
 * What was taken back and mended, in `amendments.jsonl` beside a campaign's journal: append-only, durable before anybody
 * relies on it. Promises that whoever only looks disturbs nobody, and that a campaign without amendments costs no file.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AmendmentFold } from "../../../domain/amending/amendment-fold.ts";
import type { CampaignId } from "../../../domain/campaign.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import type { AmendmentLog, AmendmentStore } from "../../ports/amendments.ts";
import { parseAmendmentLine } from "../../ports/documents/amendment-line.ts";

export const AMENDMENTS_FILE = "amendments.jsonl";

interface Parts {
  /** `data/campaigns` */
  readonly folder: string;
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
}

export function createAmendmentStore({ folder, beforeWrite }: Parts): AmendmentStore & AsyncDisposable {
  const open = new Map<CampaignId, Promise<AmendmentLog>>();
  const pathOf = (id: CampaignId): string => join(folder, id, AMENDMENTS_FILE);
  const store: AmendmentStore = {
    read: async (id) => (await open.get(id)?.catch(() => undefined))?.fold ?? readFold(pathOf(id)),
    open(id) {
      let opened = open.get(id);
      if (!opened) {
        opened = openLog(pathOf(id), beforeWrite);
        open.set(id, opened);
        opened.catch(() => open.delete(id));
      }
      return opened;
    },
    async unfinished(ids) {
      const folds = await Promise.all(ids.map(async (id) => [id, await store.read(id)] as const));
      return folds.flatMap(([id, fold]) => (fold.open ? [id] : []));
    },
  };
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      const logs = await Promise.all([...open.values()].map((one) => one.catch(() => undefined)));
      for (const log of logs) await log?.[Symbol.asyncDispose]();
    },
  };
}

async function openLog(path: string, beforeWrite: (() => void) | undefined): Promise<AmendmentLog> {
  const fold = new AmendmentFold();
  const log = await openAppendLog(path, {
    onLine: (line) => void fold.apply(parseAmendmentLine(line)),
    ...(beforeWrite ? { beforeWrite } : {}),
  });
  return {
    fold,
    async record(entry) {
      await log.append(JSON.stringify(entry));
      fold.apply(entry);
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}

/** A line that is only half there is being written by somebody else. */
async function readFold(path: string): Promise<AmendmentFold> {
  const fold = new AmendmentFold();
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  for (const line of whole) if (line !== "") fold.apply(parseAmendmentLine(line));
  return fold;
}
