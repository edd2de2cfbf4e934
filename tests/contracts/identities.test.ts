import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileIdentities } from "../../src/storage/files/people/identities.ts";
import { createIdentities } from "../../src/storage/files/people/identities.ts";
import { identitiesContract } from "./identities.ts";

function refuse(error: Error): void {
  throw error;
}

identitiesContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-identities-"));
  const opened: FileIdentities[] = [];
  return {
    open() {
      const identities = createIdentities(folder, () => undefined, refuse);
      opened.push(identities);
      return identities.of("x");
    },
    known: async (username) => opened.at(-1)?.known("x", username) ?? {},
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});
