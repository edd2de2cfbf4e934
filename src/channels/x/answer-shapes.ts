/** What the answers of X are made of. */
import { z } from "zod";

/** An id of X's: a number of at most 64 bits, told as its digits. */
export const xId = z.string().regex(/^\d{1,19}$/);

/** A list of which each row is taken for itself: one that can't be understood is left out. Absent and null are none. */
export function rowsOf<Row extends z.ZodType>(row: Row) {
  return z
    .array(z.unknown())
    .nullish()
    .transform((rows) =>
      (rows ?? []).flatMap((one) => {
        const parsed = row.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
