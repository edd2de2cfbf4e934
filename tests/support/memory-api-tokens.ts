import type { ApiToken } from "../../src/domain/hooks/api-token.ts";
import type { ApiTokenStore } from "../../src/storage/ports/api-tokens.ts";

/** The tokens of other programs in memory. @param kept What outlives the process */
export function createMemoryApiTokens(kept: ApiToken[] = []): ApiTokenStore {
  return {
    all: async () => [...kept],
    async add(token, most) {
      const same = kept.find(({ name }) => name === token.name);
      if (same) return same.hash === token.hash ? "added" : "taken";
      if (kept.length >= most) return "full";
      kept.push(token);
      return "added";
    },
    async remove(name) {
      const place = kept.findIndex((one) => one.name === name);
      if (place >= 0) kept.splice(place, 1);
      return place >= 0;
    },
  };
}
