/**
 * How people took a campaign's message since somebody last looked: what the guard rails go by. Counts endings of claims
 * that were made after a mark, so that whoever resumes is not stopped again by the very people they have looked at.
 */
import type { Ordinal } from "../recipient.ts";
import { MOST_NEWEST } from "./guard-rails.ts";

/** Endings that tell how people take it; not found tells of the list, uncertain of nobody. */
export type FaredState = "sent" | "refused" | "failed";

/** As plain values, for a snapshot. */
export interface FaredImage {
  /** Id of the last claim that does not count; 0: all do. */
  readonly since: number;
  readonly sent: number;
  readonly refused: number;
  readonly failed: number;
  /** The newest of them, oldest first. */
  readonly lastRefused: readonly Ordinal[];
  readonly lastFailed: readonly Ordinal[];
}

const nobody = { sent: 0, refused: 0, failed: 0, lastRefused: [], lastFailed: [] } as const;

export class Fared {
  #image: FaredImage;

  /** @param image As it stood; absent: nobody yet. @param since The mark: an image of another one counts for nothing */
  constructor(since = 0, image: FaredImage = { since: 0, ...nobody }) {
    this.#image = image.since === since ? image : { since, ...nobody };
  }

  get image(): FaredImage {
    return this.#image;
  }

  /** Counts from another mark on: those before it were looked at. The same mark changes nothing. */
  lookFrom(since: number): void {
    if (since !== this.#image.since) this.#image = { since, ...nobody };
  }

  /** A claim ended in that state. */
  count(claim: number, ordinal: Ordinal, state: FaredState): void {
    const { since, sent, refused, failed, lastRefused, lastFailed } = this.#image;
    if (claim <= since) return;
    const newest = (names: readonly Ordinal[]): readonly Ordinal[] => [...names, ordinal].slice(-MOST_NEWEST);
    if (state === "sent") this.#image = { ...this.#image, sent: sent + 1 };
    if (state === "refused")
      this.#image = { ...this.#image, refused: refused + 1, lastRefused: newest(lastRefused) };
    if (state === "failed")
      this.#image = { ...this.#image, failed: failed + 1, lastFailed: newest(lastFailed) };
  }
}
