/** What X says of the page after the one it gives. */
import { z } from "zod";
import type { Page, ShownPage, SourceFault } from "../source.ts";

const metaSchema = z.object({ meta: z.object({ next_token: z.unknown().optional() }) });

/**
 * Makes a page of what it shows. Only a `meta` without a token is X's word for the end: anything else that is no token
 * leaves open whether there is more.
 * @param cursorOf Makes our cursor of X's token
 */
export function pageWithNext(
  shown: ShownPage,
  body: object,
  cursorOf: (token: string) => string,
): Page | SourceFault {
  const meta = metaSchema.safeParse(body).data?.meta;
  const token = meta?.next_token;
  if (meta && token === undefined) return { kind: "page", ...shown };
  const text = typeof token === "number" && Number.isSafeInteger(token) ? String(token) : token;
  if (typeof text === "string" && /^\S+$/.test(text)) return { kind: "page", ...shown, next: cursorOf(text) };
  return { kind: "unclear", why: "xNextUnclear", page: shown };
}
