/** The files that the bot and the pages keep, and where a file lies that no chat can take. */
import { join } from "node:path";
import type { DocumentDescription } from "../../../bot/documents.ts";
import { openUpdateSpool } from "../../../bot/intake/spool-file.ts";
import type { Clock } from "../../../lib/clock.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { keepMade } from "../../../lib/files/made-file.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import { UploadFolder } from "../../../lib/files/upload-folder.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import { openPageKey } from "../../../lib/pages/page-key.ts";
import { keptAside } from "../../../lib/trouble.ts";
import type { FrontStore, OpenChat } from "../stores.ts";

export interface FileFrontParts {
  readonly dataDir: string;
  readonly clock: Pick<Clock, "now">;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  /** Told of what can't be understood: it was set aside, and is begun anew. */
  readonly onProblem: (error: Error) => void;
}

export function createFileFront(parts: FileFrontParts): FrontStore {
  const { dataDir } = parts;
  return {
    openChat: () => openFileChat(parts),
    pageKey: () => openPageKey(join(dataDir, "page-key")),
    keepFile: (file) => keepMade(file, join(dataDir, "exports")),
  };
}

async function openFileChat({ dataDir, clock, beforeWrite, onProblem }: FileFrontParts): Promise<OpenChat> {
  const folder = join(dataDir, "bot");
  await createFolder(folder);
  const asidePath = join(folder, "updates-set-aside.jsonl");
  return {
    document: ({ name, ...format }) =>
      openDocument(join(folder, `${name}.json`), { ...format, beforeWrite, onSetAside: onProblem }),
    openSpool: (alreadyHandled) =>
      openUpdateSpool(join(folder, "updates.jsonl"), {
        beforeWrite,
        alreadyHandled,
        onSetAside: (error, keptAs) => onProblem(keptAside(error, keptAs)),
      }),
    async keepAside(update) {
      await using aside = await openAppendLog(asidePath, { beforeWrite });
      await aside.append(JSON.stringify({ at: clock.now(), update }));
      return asidePath;
    },
    uploads: new UploadFolder(join(dataDir, "uploads")),
    // The folder's lease says who may write here.
    lost: new Promise(() => undefined),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

export async function readFileBotDocument<T>(
  dataDir: string,
  { name, ...format }: DocumentDescription<T>,
): Promise<T> {
  return (await readDocument(join(dataDir, "bot", `${name}.json`), format)) ?? format.initial;
}
