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
  #since: number;
  #sent: number;
  #refused: number;
  #failed: number;
  #lastRefused: readonly Ordinal[];
  #lastFailed: readonly Ordinal[];

  /** @param image As it stood; absent: nobody yet. @param since The mark: an image of another one counts for nothing */
  constructor(since = 0, image: FaredImage = { since: 0, ...nobody }) {
    const counted = image.since === since ? image : nobody;
    this.#since = since;
    this.#sent = counted.sent;
    this.#refused = counted.refused;
    this.#failed = counted.failed;
    this.#lastRefused = counted.lastRefused;
    this.#lastFailed = counted.lastFailed;
  }

  get image(): FaredImage {
    return {
      since: this.#since,
      sent: this.#sent,
      refused: this.#refused,
      failed: this.#failed,
      lastRefused: this.#lastRefused,
      lastFailed: this.#lastFailed,
    };
  }

  /** So many were sent to. */
  get sent(): number {
    return this.#sent;
  }

  /** Counts from another mark on: those before it were looked at. The same mark changes nothing. */
  lookFrom(since: number): void {
    if (since === this.#since) return;
    this.#since = since;
    [this.#sent, this.#refused, this.#failed] = [0, 0, 0];
    [this.#lastRefused, this.#lastFailed] = [[], []];
  }

  /** A claim ended in that state. */
  count(claim: number, ordinal: Ordinal, state: FaredState): void {
    if (claim <= this.#since) return;
    const newest = (names: readonly Ordinal[]): readonly Ordinal[] => [...names, ordinal].slice(-MOST_NEWEST);
    if (state === "sent") this.#sent++;
    if (state === "refused") {
      this.#refused++;
      this.#lastRefused = newest(this.#lastRefused);
    }
    if (state === "failed") {
      this.#failed++;
      this.#lastFailed = newest(this.#lastFailed);
    }
  }
}
