/** Kept so that the limit on calls is obeyed across restarts; the widest published window is Bluesky's, of 3000 calls. */
const MOMENTS_KEPT = 3000;

/** Moments of the latest calls to each source, oldest first, ms since the epoch. */
export class CallMoments {
  readonly #moments = new Map<string, number[]>();

  of(source: string): readonly number[] {
    return this.#moments.get(source) ?? [];
  }

  add(source: string, at: number): void {
    const moments = this.#moments.get(source) ?? [];
    this.#moments.set(source, moments);
    moments.push(at);
    if (moments.length > 2 * MOMENTS_KEPT) moments.splice(0, MOMENTS_KEPT);
  }
}
