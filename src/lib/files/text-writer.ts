/** Writes a new text file in many small pieces: they are gathered and written in large ones, and synced once at the end. */
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { PRIVATE_FILE } from "./private-files.ts";

/** Enough that the trips to the thread pool don't count, little enough to keep in memory. */
const CHARACTERS_PER_WRITE = 1 << 18;

/** Opens a new file, for this user alone, for writing; one of that name is emptied. */
export async function openTextWriter(path: string): Promise<TextWriter> {
  return new TextWriter(await open(path, "w", PRIVATE_FILE));
}

export class TextWriter implements AsyncDisposable {
  readonly #file: FileHandle;
  #held: string[] = [];
  #characters = 0;
  /** Everything handed over so far; a failure stays in it, so that nothing is written after a gap. */
  #writing: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  /** Use {@link openTextWriter}. */
  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Adds a piece. Answers a promise now and then: who writes much waits for it, and hears of a failed write. */
  write(text: string): Promise<void> | undefined {
    this.#held.push(text);
    this.#characters += text.length;
    return this.#characters < CHARACTERS_PER_WRITE ? undefined : this.#flush();
  }

  /** Resolves when every piece is on disk and the file is closed; rejects when any write failed. */
  async finish(): Promise<void> {
    try {
      await this.#flush();
      await this.#file.datasync();
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  /** Closes the file; what was not finished may be there in part. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#writing.catch(() => {}).then(() => this.#file.close());
    await this.#closed;
  }

  #flush(): Promise<void> {
    const text = this.#held.join("");
    this.#held = [];
    this.#characters = 0;
    this.#writing = this.#writing.then(() => this.#file.appendFile(text));
    this.#writing.catch(() => {}); // heard by finish() too, so a caller that doesn't wait here misses nothing
    return this.#writing;
  }
}
