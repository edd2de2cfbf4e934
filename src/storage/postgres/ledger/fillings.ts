/** The moments that fill limits, as the functions in migrations/limits.ts answer them. */
import { z } from "zod";
import type { Limit } from "../../../domain/accounts/limits.ts";

/** Of each limit in their order; undefined where it is not full. */
export const fillings = z.array(
  z
    .number()
    .nullable()
    .transform((at) => at ?? undefined),
);

/** What they are asked with. */
export function countsOf(limits: readonly Limit[]): number[] {
  return limits.map(({ count }) => count);
}
