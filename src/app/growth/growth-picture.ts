/** How the subscribers grow as a picture: every word, digit and date is set already, and whoever draws it only gives it a place. */
import type { GrowthCounts, GrowthKind } from "../../domain/people/growth.ts";

export interface GrowthPicture {
  readonly isRightToLeft: boolean;
  readonly title: string;
  /** How many there are now, as text. */
  readonly standing: string;
  readonly period: string;
  /** How much there was of each kind; `value` as text. */
  readonly kinds: readonly { readonly kind: GrowthKind; readonly label: string; readonly value: string }[];
  readonly overTime: {
    readonly title: string;
    readonly note: string;
    readonly columns: readonly (GrowthCounts & { readonly label: string })[];
    /** Sets a number of the scale. */
    readonly number: (count: number) => string;
  };
  readonly sources: {
    readonly title: string;
    readonly rows: readonly { readonly name: string; readonly value: string }[];
    /** What is not shown; absent when all is. */
    readonly more?: string;
  };
}

/** Draws it as a PNG. */
export type DrawGrowth = (picture: GrowthPicture) => Promise<Uint8Array>;
