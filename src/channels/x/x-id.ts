import { z } from "zod";

/** An id of X's: a number of at most 64 bits, told as its digits. */
export const xId = z.string().regex(/^\d{1,19}$/);
