/** What the claims of a campaign came to, all in all: what they may have been charged for, and how people took them. */
import type { Entry } from "./journal.ts";
import type { Ordinal } from "./recipient.ts";
import type { FaredImage } from "./settings/fared.ts";
import { Fared } from "./settings/fared.ts";
import type { Charged } from "./settings/spending.ts";

/** All claims of a campaign. */
export interface ClaimTotals {
  readonly claims: number;
  readonly charged: Charged;
}

/** As plain values, for a snapshot. */
export interface TallyImage {
  readonly claims: number;
  /** Claims for which no call was made. */
  readonly uncalled: number;
  /** Claims of somebody with no attempt that counts before. */
  readonly firsts: number;
  readonly fared: FaredImage;
}

export class ClaimTally {
  #claims: number;
  #uncalled: number;
  #firsts: number;
  readonly fared: Fared;

  /** @param lookedAt Claims that somebody has looked at: how those were taken counts no more */
  constructor(image?: TallyImage, lookedAt = 0) {
    this.#claims = image?.claims ?? 0;
    this.#uncalled = image?.uncalled ?? 0;
    this.#firsts = image?.firsts ?? 0;
    this.fared = new Fared(lookedAt, image?.fared);
  }

  get image(): TallyImage {
    return {
      claims: this.#claims,
      uncalled: this.#uncalled,
      firsts: this.#firsts,
      fared: this.fared.image,
    };
  }

  /** Claims so far, of everybody: the id of the last one. */
  get claims(): number {
    return this.#claims;
  }

  get charged(): Charged {
    return { messages: this.#claims - this.#uncalled, lookUps: this.#firsts };
  }

  /** One more claim, the how-manieth attempt of somebody it is; answers its id. */
  claimed(attempt: number): number {
    if (attempt === 1) this.#firsts++;
    return ++this.#claims;
  }

  /** The claim of that id ended; undefined: there is none, somebody is settled who never was claimed. */
  settled(
    entry: Exclude<Entry, { t: "checkpoint" | "claim" }> & { readonly r: Ordinal },
    claim?: number,
  ): void {
    if (claim === undefined) return;
    if ("uncalled" in entry && entry.uncalled) this.#uncalled++;
    const { t, r } = entry;
    if (t === "sent" || t === "refused" || t === "failed") this.fared.count(claim, r, t);
  }
}
