/**
 * A document: one value that changes at human pace, kept by lowdb in a JSON file `{"version": 1, "value": …}`. Owns that
 * file; promises that it is replaced as a whole, that what is read fits the schema, and that a file it can't
 * understand (broken, or of another version) is never overwritten.
 */
import type { Adapter } from "lowdb";
import { Low } from "lowdb";
import { keptAside } from "../trouble.ts";
import { writeFileAtomically } from "./atomic-file.ts";
import type { DocumentFormat } from "./stored-document.ts";
import { BrokenDocumentError, fitting, readDocument, setAside } from "./stored-document.ts";

export interface DocumentParts<T> extends DocumentFormat<T> {
  /** The value while there is no file; without it a missing file is an error. */
  readonly initial?: T;
  /** Called right before each write; throwing (the lease is lost) fails the update. */
  readonly beforeWrite?: () => void;
  /**
   * When given, a file that can't be understood is moved aside, this is told where to, and the document starts from
   * `initial`. When not, opening fails and the file stays where it is.
   */
  readonly onSetAside?: (problem: Error) => void;
}

/**
 * Opens a document; the file itself is first written by the first update.
 * @throws {BrokenDocumentError} naming path and problem, unless `onSetAside` is given
 */
export async function openDocument<T>(path: string, parts: DocumentParts<T>): Promise<Document<T>> {
  const value = (await readOrSetAside(path, parts)) ?? parts.initial;
  if (value === undefined) throw new BrokenDocumentError(path, ["there is no such file", { code: "noFile" }]);
  return new Document(path, parts, value);
}

async function readOrSetAside<T>(path: string, parts: DocumentParts<T>): Promise<T | undefined> {
  try {
    return await readDocument(path, parts);
  } catch (error) {
    if (!(error instanceof BrokenDocumentError) || !parts.onSetAside) throw error;
    parts.onSetAside(keptAside(error, await setAside(path)));
    return undefined;
  }
}

interface Stored<T> {
  readonly version: number;
  readonly value: T;
}

interface Change<T> {
  readonly apply: (value: T) => T | undefined;
  readonly resolve: (made: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** A change that was applied, and the value it made. */
interface Applied<T> {
  readonly change: Change<T>;
  readonly made: T;
}

export class Document<T> {
  readonly #path: string;
  readonly #parts: DocumentParts<T>;
  readonly #low: Low<Stored<T>>;
  #value: T;
  #waiting: Change<T>[] = [];
  #isWriting = false;

  /** Use {@link openDocument}. */
  constructor(path: string, parts: DocumentParts<T>, value: T) {
    this.#path = path;
    this.#parts = parts;
    this.#value = value;
    this.#low = new Low(atomicAdapter<Stored<T>>(path), { version: parts.version, value });
  }

  /** The value as it is on disk. */
  get(): T {
    return this.#value;
  }

  /** As {@link get}. */
  async read(): Promise<T> {
    return this.#value;
  }

  /**
   * Replaces the value by what `change` makes of it; resolves with that when it is durable. Undefined leaves the value as
   * it is, and is the answer then.
   *
   * Changes are applied in the order of the calls, each to the outcome of those before it; those that wait for a write
   * share the next one. When `change` throws or makes something that doesn't fit the schema, this update alone fails;
   * when the write fails, all that shared it do. The value is then as if they had never been asked for.
   */
  async update(change: (value: T) => T | undefined): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ apply: change, resolve, reject });
      if (!this.#isWriting) void this.#writeWaiting();
    });
  }

  async #writeWaiting(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const { value, applied } = this.#applyAll(this.#waiting.splice(0));
      try {
        if (applied.length > 0) await this.#write(value);
        this.#value = value;
        for (const { change, made } of applied) change.resolve(made);
      } catch (error) {
        for (const { change } of applied) change.reject(error);
      }
    }
    this.#isWriting = false;
  }

  #applyAll(changes: readonly Change<T>[]): { readonly value: T; readonly applied: readonly Applied<T>[] } {
    let value = this.#value;
    const applied: Applied<T>[] = [];
    for (const change of changes) {
      try {
        const made = change.apply(value);
        if (made === undefined) {
          change.resolve(undefined);
          continue;
        }
        value = fitting(this.#path, this.#parts.schema, made);
        applied.push({ change, made: value });
      } catch (error) {
        change.reject(error);
      }
    }
    return { value, applied };
  }

  async #write(value: T): Promise<void> {
    this.#parts.beforeWrite?.();
    this.#low.data = { version: this.#parts.version, value };
    await this.#low.write();
  }
}

/** What lowdb lacks: it never syncs, and a power cut leaves its files empty or torn (measured: 12 of 15 cut points). */
function atomicAdapter<T>(path: string): Adapter<T> {
  return {
    read: async () => null,
    write: (stored) => writeFileAtomically(path, `${JSON.stringify(stored, null, 2)}\n`),
  };
}
