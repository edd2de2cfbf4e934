import type { Ordinal } from "./recipient.ts";

/** By ordinal, the campaign's revision of the last claim. Costs nothing while none had one, then two bytes a recipient. */
export class LastRevisions {
  #size: number;
  #revisions: Uint16Array | undefined;

  constructor(size: number, revisions?: Uint16Array) {
    this.#size = size;
    this.#revisions = revisions;
  }

  /** A copy; absent while none had one. */
  image(): Uint16Array | undefined {
    return this.#revisions?.slice();
  }

  /** So many there are from now on; the new ones had none. */
  grow(size: number): void {
    this.#size = size;
    if (!this.#revisions) return;
    const revisions = new Uint16Array(size);
    revisions.set(this.#revisions);
    this.#revisions = revisions;
  }

  of(ordinal: Ordinal): number {
    return this.#revisions?.[ordinal] ?? 0;
  }

  note(ordinal: Ordinal, revision: number): void {
    if (revision === 0 && !this.#revisions) return;
    this.#revisions ??= new Uint16Array(this.#size);
    this.#revisions[ordinal] = Math.min(revision, 65_535);
  }
}
