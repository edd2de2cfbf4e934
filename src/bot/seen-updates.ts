/** Which updates were handled already. Long polling delivers an unconfirmed batch again after a crash. */
import type { Document, SeenUpdates } from "./documents.ts";

/** Ids kept: several whole batches of at most 100. */
const KEPT = 500;

/** Remembers the last updates on disk. */
export class SeenUpdateIds {
  readonly #document: Document<SeenUpdates>;
  readonly #ids: Set<number>;

  constructor(document: Document<SeenUpdates>) {
    this.#document = document;
    this.#ids = new Set(document.get());
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  /** Resolves when the id is on disk: whatever crashes afterwards, this update is not handled again. */
  async add(id: number): Promise<void> {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= KEPT) break;
      this.#ids.delete(oldest);
    }
    await this.#document.update(() => [...this.#ids]);
  }
}
