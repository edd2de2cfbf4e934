import type { JoiningStores } from "../../src/storage/files/ledger/ledger-parts.ts";

/** No names join. */
export const noJoining: JoiningStores = {
  lists: {
    get: () => Promise.resolve(undefined),
    rows: async function* () {},
    create: () => Promise.reject(new Error("no list is made")),
    discard: () => Promise.resolve(),
  },
  campaigns: { adoptList: () => Promise.resolve(undefined), change: () => Promise.resolve(undefined) },
};
