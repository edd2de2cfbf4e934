import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Webhook } from "../../src/domain/hooks/webhook.ts";
import { openWebhookStore } from "../../src/storage/files/hooks/webhook-store.ts";
import { createMemoryWebhooks } from "../support/memory-webhooks.ts";
import { webhooksContract } from "./webhooks.ts";

function onProblem(error: Error): void {
  throw error;
}

webhooksContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-webhooks-"));
  return {
    open: () => openWebhookStore(join(folder, "webhooks.json"), { onProblem }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

webhooksContract("memory", async () => {
  const kept: Webhook[] = [];
  return {
    open: () => Promise.resolve(createMemoryWebhooks(kept)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
