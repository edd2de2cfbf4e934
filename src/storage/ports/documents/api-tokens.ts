/** What lets other programs in, as one document: what it must look like, and the store that it makes. */
import { z } from "zod";
import type { ApiToken } from "../../../domain/hooks/api-token.ts";
import { isTokenName } from "../../../domain/hooks/api-token.ts";
import type { ApiTokenStore } from "../api-tokens.ts";
import type { KeptDocument } from "./kept-document.ts";
import { addNamed, removeNamed } from "./named-rows.ts";

const token: z.ZodType<ApiToken> = z.strictObject({
  name: z.string().refine(isTokenName),
  hash: z.string().regex(/^[\da-f]{64}$/),
  by: z.string(),
  at: z.number(),
});

export const apiTokensSchema: z.ZodType<readonly ApiToken[]> = z.array(token);

/** The store whose tokens are the rows of a document. */
export function apiTokensIn(document: KeptDocument<readonly ApiToken[]>): ApiTokenStore {
  return {
    all: () => document.read(),
    add: (given, most) =>
      addNamed(document, given, { most, isSame: (one, other) => one.hash === other.hash }),
    remove: (name) => removeNamed(document, name),
  };
}
