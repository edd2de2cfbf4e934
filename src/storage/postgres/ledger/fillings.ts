/** The moments that fill limits, as the functions in migrations/limits.ts answer them. */
import { z } from "zod";
import type { Limit } from "../../../domain/accounts/limits.ts";

/** Of each limit in their order: the moments that fill it now and after each one more, the last of them first. */
export const fillings = z.array(z.array(z.number()));

export type Fillings = z.infer<typeof fillings>;

/** What they are asked with. */
export function countsOf(limits: readonly Limit[]): number[] {
  return limits.map(({ count }) => count);
}

interface After {
  /** Sent at that moment besides. */
  readonly more: number;
  /** So many were asked for. */
  readonly most: number;
  /** ms since the epoch */
  readonly at: number;
}

/** The moment that fills each limit after so many more; undefined where it is not full. */
export function fillingAfter(
  found: Fillings,
  limits: readonly Limit[],
  { more, most, at }: After,
): (number | undefined)[] {
  return limits.map(({ count }, nth) =>
    more >= count ? at : found[nth]?.[Math.min(count, most) - 1 - more],
  );
}
