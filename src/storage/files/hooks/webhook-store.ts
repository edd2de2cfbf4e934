/** Where events are posted to, in `data/webhooks.json`, with the secrets that sign them: for its own user alone. */
import type { Webhook } from "../../../domain/hooks/webhook.ts";
import { openDocument } from "../../../lib/files/document.ts";
import type { DocumentFormat } from "../../../lib/files/stored-document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { webhooksIn, webhooksSchema } from "../../ports/documents/webhooks.ts";
import type { WebhookStore } from "../../ports/webhooks.ts";

export const WEBHOOKS_FILE = "webhooks.json";

const format: DocumentFormat<readonly Webhook[]> = { version: 1, schema: webhooksSchema };

export interface WebhookStoreOptions {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told when the file can't be understood: it was set aside, and nobody is told anything. */
  readonly onProblem: (error: Error) => void;
}

/** Opens the document; the file is first written with the first webhook. */
export async function openWebhookStore(
  path: string,
  { beforeWrite, onProblem }: WebhookStoreOptions,
): Promise<WebhookStore> {
  const document = await openDocument<readonly Webhook[]>(path, {
    ...format,
    initial: [],
    ...(beforeWrite ? { beforeWrite } : {}),
    onSetAside: onProblem,
  });
  return webhooksIn(document);
}

/** Reads them as they are on disk, beside whoever owns them. */
export async function readWebhooks(path: string): Promise<readonly Webhook[]> {
  return (await readDocument(path, format)) ?? [];
}
