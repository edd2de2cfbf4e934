import type { Database } from "../storage/postgres/database.ts";
import type { Tally } from "./check.ts";

/** What is told while it goes on. */
export type Progress =
  | { readonly kind: "piece"; readonly piece: string; readonly nth: number; readonly of: number }
  | {
      readonly kind: "names";
      readonly piece: string;
      readonly nth: number;
      readonly of: number;
      readonly done: number;
      readonly names: number;
    }
  /** A campaign of so many names was read on one of the sides. */
  | { readonly kind: "checked"; readonly names: number }
  /** The side that everything came from is closed. */
  | { readonly kind: "closed" };

export interface MoveParts {
  readonly dataDir: string;
  readonly database: Database;
  /** ms since the epoch */
  readonly now: () => number;
  readonly newId: () => string;
  readonly tell: (progress: Progress) => void;
  /** Written down in the history where it is once a move has begun, and where everything is in the end. */
  readonly begun: () => Promise<void>;
  readonly ended: () => Promise<void>;
  /** Stops it at the next step; it can be gone on with. */
  readonly interrupted: AbortSignal;
}

/** How it ended. */
export interface Moved {
  /** The same on both sides. */
  readonly tally: Tally;
}
