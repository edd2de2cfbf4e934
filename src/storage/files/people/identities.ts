/** Who is behind the names of every channel that writes it down: a file a channel, opened when the channel first asks. */
import { join } from "node:path";
import type { KnownPerson } from "../../../domain/recipient.ts";
import type { Identities } from "../../ports/identities.ts";
import type { FileIdentityStore } from "./identity-store.ts";
import { openIdentityStore } from "./identity-store.ts";

export interface FileIdentities extends Identities, AsyncDisposable {
  /** What a claim reads: what was found out of this name, if anything. */
  known(channel: string, username: string): KnownPerson | undefined;
}

/** @param beforeWrite Throws when this process may write no more */
export function createIdentities(
  dataDir: string,
  beforeWrite: () => void,
  onProblem: (error: Error) => void,
): FileIdentities {
  const stores = new Map<string, FileIdentityStore>();
  return {
    async of(channel) {
      const known = stores.get(channel);
      if (known) return known;
      const opened = await openIdentityStore(
        join(dataDir, `${channel}-people.jsonl`),
        beforeWrite,
        onProblem,
      );
      stores.set(channel, opened);
      return opened;
    },
    known: (channel, username) => stores.get(channel)?.known(username),
    async [Symbol.asyncDispose]() {
      for (const store of stores.values()) await store[Symbol.asyncDispose]();
    },
  };
}
