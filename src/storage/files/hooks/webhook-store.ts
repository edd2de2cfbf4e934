/** Where events are posted to, in `data/webhooks.json`, with the secrets that sign them: for its own user alone. */
import { z } from "zod";
import { hookTypes } from "../../../domain/hooks/hook-event.ts";
import type { Webhook } from "../../../domain/hooks/webhook.ts";
import { isHookName } from "../../../domain/hooks/webhook.ts";
import { openDocument } from "../../../lib/files/document.ts";
import type { DocumentFormat } from "../../../lib/files/stored-document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type { WebhookStore } from "../../ports/webhooks.ts";
import { addNamed, removeNamed } from "./named-rows.ts";

export const WEBHOOKS_FILE = "webhooks.json";

const problem = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("status"), status: z.int() }),
  z.strictObject({
    kind: z.literal("silence"),
    why: z.enum(["noAnswerInTime", "connectionBroke", "serviceUnreachable"]),
  }),
]);

const webhook: z.ZodType<Webhook> = z.strictObject({
  name: z.string().refine(isHookName),
  url: z.string(),
  mayBeNear: z.literal(true).exactOptional(),
  secrets: z.array(z.string()).min(1),
  formerUntil: z.number().exactOptional(),
  types: z.array(z.enum(hookTypes)).exactOptional(),
  by: z.string(),
  at: z.number(),
  position: z.number(),
  failing: z
    .strictObject({ since: z.number(), tries: z.int(), nextAt: z.number(), why: problem })
    .exactOptional(),
  off: z
    .strictObject({
      why: z.enum(["gone", "away"]),
      at: z.number(),
      told: z.array(z.number()).exactOptional(),
    })
    .exactOptional(),
});

const format: DocumentFormat<readonly Webhook[]> = { version: 1, schema: z.array(webhook) };

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
  return {
    all: async () => document.get(),
    add: (given, most) => addNamed(document, given, { most, isSame }),
    async change(name, to) {
      let made: Webhook | undefined;
      await document.update((hooks) => {
        const from = hooks.find((one) => one.name === name);
        made = from && to(from);
        return made && hooks.map((one) => (one.name === name && made ? made : one));
      });
      return made;
    },
    remove: (name) => removeNamed(document, name),
  };
}

/** Asked for by the very same asking. */
export function isSame(one: Webhook, other: Webhook): boolean {
  return one.url === other.url && other.secrets.every((secret) => one.secrets.includes(secret));
}

/** Reads them as they are on disk, beside whoever owns them. */
export async function readWebhooks(path: string): Promise<readonly Webhook[]> {
  return (await readDocument(path, format)) ?? [];
}
