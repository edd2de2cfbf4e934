/** The attachments in a campaign's folder, `attachment-<number>` each; what one is called for people is in the document. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { StoredFile } from "../../ports/files.ts";
import { storedFile, writeStream } from "../stored-file.ts";

const NAME = /^attachment-(\d{1,9})$/;

/** Writes a content under the next free name and answers that; of two at the same moment each has its own. */
export async function addAttachment(folder: string, content: AsyncIterable<Uint8Array>): Promise<string> {
  for (;;) {
    const numbers = (await readdir(folder)).map((name) => Number(NAME.exec(name)?.[1] ?? 0));
    const file = `attachment-${Math.max(0, ...numbers) + 1}`;
    if (await writeStream(join(folder, file), content)) return file;
  }
}

/** The content of an attachment; undefined when there is none of that name. */
export async function attachmentIn(folder: string, file: string): Promise<StoredFile | undefined> {
  return NAME.test(file) ? storedFile(join(folder, file)) : undefined;
}
