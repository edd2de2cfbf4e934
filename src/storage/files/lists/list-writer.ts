/**
 * Writes one list. Until `finish` it lies in a folder that nobody takes for a list, so a crash, a full disk or a change of
 * mind leaves no half list behind.
 */
import { rename, rm, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { openDocument } from "../../../lib/files/document.ts";
import type { InvalidReason } from "../../../domain/people/username.ts";
import { createFolder, syncFolder } from "../../../lib/files/sync-folder.ts";
import type { TextWriter } from "../../../lib/files/text-writer.ts";
import { openTextWriter } from "../../../lib/files/text-writer.ts";
import type { ListWriter, StoredList } from "../../ports/lists.ts";
import { LIST_FILE, RECIPIENTS_FILE, REJECTED_FILE, listFormat } from "./list-files.ts";
import { formatRecipient } from "./recipient-line.ts";
import { formatRejected } from "./rejected-rows.ts";

/** What the folder of a list that is not finished is called at its end. */
export const UNFINISHED = ".unfinished";

/** Starts a list in a new folder, which is named by the list's id. */
export async function openListWriter(
  folder: string,
  about: { readonly columns: readonly string[]; readonly createdAt: number },
): Promise<ListWriter> {
  const unfinished = `${folder}${UNFINISHED}`;
  await createFolder(unfinished);
  const recipients = await openTextWriter(join(unfinished, RECIPIENTS_FILE));
  const rejected = await openTextWriter(join(unfinished, REJECTED_FILE));
  return new FileListWriter({ folder, unfinished, about, recipients, rejected });
}

interface FileListWriterParts {
  readonly folder: string;
  readonly unfinished: string;
  readonly about: { readonly columns: readonly string[]; readonly createdAt: number };
  readonly recipients: TextWriter;
  readonly rejected: TextWriter;
}

class FileListWriter implements ListWriter {
  readonly #parts: FileListWriterParts;
  #count = 0;
  #rejectedCount = 0;
  #finishing: Promise<StoredList> | undefined;

  constructor(parts: FileListWriterParts) {
    this.#parts = parts;
  }

  add(username: string, values: readonly string[]): Promise<void> | undefined {
    this.#count++;
    return this.#parts.recipients.write(formatRecipient(username, values));
  }

  reject(line: number, text: string, reason: InvalidReason): Promise<void> | undefined {
    this.#rejectedCount++;
    return this.#parts.rejected.write(formatRejected({ line, text, reason }));
  }

  finish(): Promise<StoredList> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  /** Lets a finish that is under way end first: `return writer.finish()` disposes before that has resolved. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#finishing?.catch(() => undefined);
    await this.#parts.recipients[Symbol.asyncDispose]();
    await this.#parts.rejected[Symbol.asyncDispose]();
    await rm(this.#parts.unfinished, { recursive: true, force: true });
  }

  async #finish(): Promise<StoredList> {
    const { folder, unfinished, about, recipients, rejected } = this.#parts;
    await recipients.finish();
    await rejected.finish();
    if (this.#rejectedCount === 0) await rm(join(unfinished, REJECTED_FILE));
    const columns = [...about.columns];
    const initial = { count: this.#count, columns, createdAt: about.createdAt };
    const list = await openDocument(join(unfinished, LIST_FILE), { ...listFormat, initial });
    await list.update((value) => value);
    // When it was last looked up stands in the file's time: by the store's clock, from the beginning.
    await utimes(join(unfinished, LIST_FILE), about.createdAt / 1000, about.createdAt / 1000);
    await rename(unfinished, folder);
    await syncFolder(dirname(folder));
    return { listId: basename(folder), count: this.#count, columns };
  }
}
