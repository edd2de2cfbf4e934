/**
 * A set of ASCII texts for millions of short names: all letters in one block of bytes, found by hash. Adding a name
 * takes less than half the time and memory of a `Set<string>` (40 bytes a name), and no name keeps the piece of file it was cut
 * from alive.
 */
export class NameSet {
  #letters: Uint8Array = new Uint8Array(1 << 16);
  /** Where each name begins; the one after the last is where the next will. */
  #starts: Uint32Array = new Uint32Array(1 << 12);
  /** Open addressing in pairs, never more than three quarters full: a name's number plus one (0: free), its hash. */
  #slots: Uint32Array = new Uint32Array(1 << 14);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a name; answers false when it was there already. Letters must be ASCII. */
  add(name: string): boolean {
    const start = this.#starts[this.#size] ?? 0;
    const hash = this.#write(name, start);
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (let known = slots[slot] ?? 0; known !== 0; known = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && this.#isName(known - 1, start, name.length)) return false;
      slot = (slot + 2) & mask;
    }
    slots[slot] = ++this.#size;
    slots[slot + 1] = hash;
    this.#makeRoom();
    this.#starts[this.#size] = start + name.length;
    return true;
  }

  /** Puts the letters behind the last name, where they stay if the name is new; answers their hash (FNV-1a, mixed). */
  #write(name: string, start: number): number {
    const { length } = name;
    if (start + length > this.#letters.length)
      this.#letters = grown(this.#letters, new Uint8Array(2 * (start + length)));
    const letters = this.#letters;
    let hash = 0x811c9dc5;
    for (let index = 0; index < length; index++) {
      const code = name.charCodeAt(index);
      letters[start + index] = code;
      hash = Math.imul(hash ^ code, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #isName(known: number, start: number, length: number): boolean {
    const from = this.#starts[known] ?? 0;
    if ((this.#starts[known + 1] ?? 0) - from !== length) return false;
    const letters = this.#letters;
    for (let index = 0; index < length; index++)
      if (letters[from + index] !== letters[start + index]) return false;
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
