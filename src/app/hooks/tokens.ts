/** What lets other programs in, as whoever may decide on it handles it. A token is shown once, where it is made, and never kept. */
import { timingSafeEqual } from "node:crypto";
import type { ApiToken } from "../../domain/hooks/api-token.ts";
import { MOST_TOKENS, isTokenName } from "../../domain/hooks/api-token.ts";
import { tokenHash } from "../../lib/api-token.ts";
import type { Clock } from "../../lib/clock.ts";
import type { ApiTokenStore } from "../../storage/ports/api-tokens.ts";

export const tokenProblems = ["badName", "taken", "full"] as const;
export type TokenProblem = (typeof tokenProblems)[number];

export type TokenAdded = { readonly ok: true } | { readonly ok: false; readonly problem: TokenProblem };

export type TokenView = Omit<ApiToken, "hash">;

export interface Tokens {
  /** Given again with the same hash it changes nothing. @param by The id of an operator, or the name of a login */
  add(token: { readonly name: string; readonly hash: string }, by: string): Promise<TokenAdded>;
  /** It lets nobody in from now on; answers false when there was none of that name. */
  revoke(name: string): Promise<boolean>;
  list(): Promise<readonly TokenView[]>;
  /** The name of a token; undefined: it is none. Takes the same time whatever it is. */
  whose(token: string): Promise<string | undefined>;
}

interface Parts {
  readonly apiTokens: ApiTokenStore;
  readonly clock: Pick<Clock, "now">;
}

export function createTokens({ apiTokens, clock }: Parts): Tokens {
  return {
    async add({ name, hash }, by) {
      if (!isTokenName(name)) return { ok: false, problem: "badName" };
      const result = await apiTokens.add({ name, hash, by, at: clock.now() }, MOST_TOKENS);
      return result === "added" ? { ok: true } : { ok: false, problem: result };
    },
    revoke: (name) => apiTokens.remove(name),
    list: async () => (await apiTokens.all()).map(viewOf),
    async whose(token) {
      const given = Buffer.from(tokenHash(token));
      let found: string | undefined;
      for (const { name, hash } of await apiTokens.all())
        if (timingSafeEqual(given, Buffer.from(hash))) found = name;
      return found;
    },
  };
}

/** What of a token may be seen. */
export function viewOf({ name, by, at }: ApiToken): TokenView {
  return { name, by, at };
}
