/** What the bot on a bench keeps, in memory and a folder. */
import { appendFile, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Update } from "grammy/types";
import type { Document, DocumentDescription } from "../../src/bot/documents.ts";
import { openUpdateSpool } from "../../src/bot/intake/spool-file.ts";
import type { UpdateSpool } from "../../src/bot/intake/update-spool.ts";
import { UploadFolder } from "../../src/lib/files/upload-folder.ts";
import type { BenchChat } from "./bench-chat.ts";
import { documentsFrom, updateIn } from "./bench-chat.ts";

export async function openChatInFolder(): Promise<BenchChat> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-uploads-"));
  const spoolPath = join(folder, "..", `${basename(folder)}-updates.jsonl`);
  const documents = await documentsFrom(inMemory);
  const aside: Update[] = [];
  let spool: UpdateSpool | undefined;
  return {
    documents,
    async open() {
      spool = await openUpdateSpool(spoolPath);
      return {
        ...documents,
        spool,
        uploads: new UploadFolder(folder),
        keepAside: async (update) => {
          aside.push(update);
          return "aside.jsonl";
        },
      };
    },
    close: async () => spool?.[Symbol.asyncDispose](),
    uploaded: async () => (await readdir(folder).catch(() => [])).map((name) => join(folder, name)),
    putUpload: (content) => writeFile(join(folder, "left-by-a-kill"), content),
    async ageUploads() {
      for (const name of await readdir(folder)) await utimes(join(folder, name), new Date(0), new Date(0));
    },
    async putUpdate(update, deaths) {
      const { update_id: id } = updateIn(update);
      const begun = Array.from({ length: deaths }, () => ({ t: "begun", ids: [id] }));
      const lines = [{ t: "got", u: update }, ...begun].map((one) => `${JSON.stringify(one)}\n`);
      await appendFile(spoolPath, lines.join(""));
    },
    written: () => Promise.resolve(),
    setAside: async () => aside,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
      await rm(spoolPath, { force: true });
    },
  };
}

/** A document that forgets with its test; values pass through JSON, as they do on disk. */
function inMemory<T>({ initial, schema }: DocumentDescription<T>): Document<T> {
  let value = initial;
  return {
    get: () => value,
    async update(change) {
      value = schema.parse(JSON.parse(JSON.stringify(change(value))));
    },
  };
}
