/**
 * Numbers texts from 0 in the order they come, for millions of short ids: all bytes in one block, found by hash and
 * compared whole, so no two ids are ever taken for one. Some 45 bytes for an id of 19 digits, whatever a lookup finds takes
 * the same time.
 */
export class IdNumbers {
  #bytes: Uint8Array = new Uint8Array(1 << 10);
  /** Where each id begins; the one after the last is where the next will. */
  #starts: Uint32Array = new Uint32Array(1 << 6);
  /** Open addressing in pairs, never more than three quarters full: an id's number plus one (0: free), its hash. */
  #slots: Uint32Array = new Uint32Array(1 << 8);
  #size = 0;
  readonly #encoder = new TextEncoder();

  get size(): number {
    return this.#size;
  }

  /** The id's number; undefined when it was never added. */
  numberOf(id: string): number | undefined {
    const start = this.#starts[this.#size] ?? 0;
    const length = this.#write(id, start);
    const number = (this.#slots[this.#find(start, length, this.#hash(start, length))] ?? 0) - 1;
    return number === -1 ? undefined : number;
  }

  /** Adds an id unless it is there; answers its number. */
  add(id: string): number {
    const start = this.#starts[this.#size] ?? 0;
    const length = this.#write(id, start);
    const hash = this.#hash(start, length);
    const slot = this.#find(start, length, hash);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) return known - 1;
    this.#slots[slot] = ++this.#size;
    this.#slots[slot + 1] = hash;
    this.#makeRoom();
    this.#starts[this.#size] = start + length;
    return this.#size - 1;
  }

  /** Puts the bytes behind the last id, where they stay if the id is new; answers how many they are. */
  #write(id: string, start: number): number {
    const most = start + 3 * id.length; // UTF-8 takes at most three bytes for a UTF-16 unit
    if (most > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(2 * most));
    const bytes = this.#bytes;
    for (let at = 0; at < id.length; at++) {
      const code = id.charCodeAt(at);
      if (code > 127) return this.#encoder.encodeInto(id, bytes.subarray(start)).written;
      bytes[start + at] = code;
    }
    return id.length;
  }

  /** FNV-1a, mixed. */
  #hash(start: number, length: number): number {
    const bytes = this.#bytes;
    let hash = 0x811c9dc5;
    for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  /** The slot of the id whose bytes are there, or the free one it would take. */
  #find(start: number, length: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (let known = slots[slot] ?? 0; known !== 0; known = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && this.#isId(known - 1, start, length)) return slot;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #isId(known: number, start: number, length: number): boolean {
    const from = this.#starts[known] ?? 0;
    if ((this.#starts[known + 1] ?? 0) - from !== length) return false;
    const bytes = this.#bytes;
    for (let at = 0; at < length; at++) if (bytes[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #makeRoom(): void {
    if (this.#size + 1 >= this.#starts.length)
      this.#starts = grown(this.#starts, new Uint32Array(2 * this.#starts.length));
    if (8 * this.#size >= 3 * this.#slots.length) this.#slots = spread(this.#slots);
  }
}

function grown<T extends Uint8Array | Uint32Array>(old: T, room: T): T {
  room.set(old);
  return room;
}

function spread(old: Uint32Array): Uint32Array {
  const slots = new Uint32Array(2 * old.length);
  const mask = slots.length - 2;
  for (let from = 0; from < old.length; from += 2) {
    if (old[from] === 0) continue;
    let slot = ((old[from + 1] ?? 0) << 1) & mask;
    while (slots[slot] !== 0) slot = (slot + 2) & mask;
    slots[slot] = old[from] ?? 0;
    slots[slot + 1] = old[from + 1] ?? 0;
  }
  return slots;
}
