/** Who was seen on one target since it began (anew): one bit a person of the list, found by their place in it. */
export class Sightings {
  #bits = new Uint8Array(16);
  #size = 0;

  /** Different people seen. */
  get size(): number {
    return this.#size;
  }

  has(place: number): boolean {
    return ((this.#bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  add(place: number): void {
    if (this.has(place)) return;
    const at = place >>> 3;
    if (at >= this.#bits.length) {
      const bits = new Uint8Array(2 * (at + 1));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (place & 7));
    this.#size++;
  }
}
