import type { ContactHistory } from "../../src/storage/ports/people.ts";

/** Nobody was ever written to. */
export const noContacts: ContactHistory = {
  ready: async () => undefined,
  since: async () => ({ latest: () => undefined, latestFrom: () => undefined }),
  writtenBy: async () => () => false,
};
