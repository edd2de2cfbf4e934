import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiToken } from "../../src/domain/hooks/api-token.ts";
import { openApiTokenStore } from "../../src/storage/files/hooks/api-token-store.ts";
import { createMemoryApiTokens } from "../support/memory-api-tokens.ts";
import { apiTokensContract } from "./api-tokens.ts";

function onProblem(error: Error): void {
  throw error;
}

apiTokensContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-tokens-"));
  return {
    open: () => openApiTokenStore(join(folder, "api-tokens.json"), { onProblem }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

apiTokensContract("memory", async () => {
  const kept: ApiToken[] = [];
  return {
    open: () => Promise.resolve(createMemoryApiTokens(kept)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
