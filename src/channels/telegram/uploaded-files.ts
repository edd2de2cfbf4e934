/** What Telegram calls the files it has been given: each is uploaded once and then sent by that name. */

/** A file as Telegram knows it, or the task to upload it for everybody who waits. */
export type FileTurn =
  | { readonly kind: "known"; readonly fileId: string }
  /** `done` with the id, or without one when the upload came to nothing: then the next one tries. */
  | { readonly kind: "upload"; readonly done: (fileId?: string) => void };

/** Remembered for the life of the process; a restart uploads once more. */
export class UploadedFiles {
  readonly #ids = new Map<string, string>();
  readonly #uploads = new Map<string, Promise<void>>();

  /** Waits while somebody else uploads the same file. @throws the signal's reason when it fires meanwhile */
  async turn(key: string, signal: AbortSignal): Promise<FileTurn> {
    for (;;) {
      signal.throwIfAborted();
      const fileId = this.#ids.get(key);
      if (fileId !== undefined) return { kind: "known", fileId };
      const upload = this.#uploads.get(key);
      if (!upload) return this.#begin(key);
      await Promise.race([upload, aborted(signal)]);
    }
  }

  /** Telegram does not know the file any more. */
  forget(key: string, fileId: string): void {
    if (this.#ids.get(key) === fileId) this.#ids.delete(key);
  }

  #begin(key: string): FileTurn {
    let finish: (() => void) | undefined;
    this.#uploads.set(key, new Promise<void>((resolve) => (finish = resolve)));
    const done = (fileId?: string): void => {
      if (fileId !== undefined) this.#ids.set(key, fileId);
      this.#uploads.delete(key);
      finish?.();
    };
    return { kind: "upload", done };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
