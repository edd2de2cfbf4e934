/**
 * Owns the playground's world over time: takes records, folds them at once, writes them down, tells those who watch.
 * Its promise: after `settled()` everything recorded so far survives a kill, bytes of files included.
 */
import type { WorldEvent } from "./world-event.ts";
import type { FileStore } from "./file-store.ts";
import type { StoredFile, WorldRecord } from "./world-record.ts";
import type { WorldState } from "./world-state.ts";

/** Where records go; resolves when the record is durable. */
export type Append = (record: WorldRecord) => Promise<void>;

/** The one writer of the world. */
export class WorldStore {
  readonly state: WorldState;
  readonly files: FileStore;
  readonly #append: Append;
  readonly #listeners = new Set<(event: WorldEvent) => void>();
  #unsettled: Promise<unknown> = Promise.resolve();

  constructor(state: WorldState, files: FileStore, append: Append) {
    this.state = state;
    this.files = files;
    this.#append = append;
  }

  /** Makes something the case, at once; durable once `settled()` resolves. */
  record(record: WorldRecord): void {
    this.state.apply(record);
    this.#await(this.#append(record));
  }

  /** Takes a file in, under the next free id. */
  recordFile(file: Omit<StoredFile, "size">, bytes: Uint8Array): StoredFile {
    const stored = { ...file, size: bytes.length };
    this.#await(this.files.keep(storageName(stored), bytes));
    this.record({ t: "file", file: stored });
    return stored;
  }

  bytes(fileId: string): Uint8Array | undefined {
    const file = this.state.files.get(fileId);
    return file && this.files.read(storageName(file));
  }

  /** Resolves when everything recorded before is durable; rejects when the disk refused something. */
  async settled(): Promise<void> {
    await this.#unsettled;
  }

  /** Tells everybody who watches. */
  announce(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Calls the listener for every event until the returned function is called. */
  subscribe(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #await(writing: Promise<unknown>): void {
    this.#unsettled = Promise.all([this.#unsettled, writing]);
    // Whoever answers awaits settled() and sees the failure; until then nobody may be listening.
    this.#unsettled.catch(() => undefined);
  }
}

/** Name of a file's bytes in the file store. */
export function storageName(file: StoredFile): string {
  return `${file.uniqueId}.bin`;
}
