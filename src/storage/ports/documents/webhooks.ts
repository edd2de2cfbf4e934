/** Where events are posted to, as one document: what it must look like, and the store that it makes. */
import { z } from "zod";
import { hookTypes } from "../../../domain/hooks/hook-event.ts";
import type { Webhook } from "../../../domain/hooks/webhook.ts";
import { isHookName } from "../../../domain/hooks/webhook.ts";
import type { WebhookStore } from "../webhooks.ts";
import type { KeptDocument } from "./kept-document.ts";
import { addNamed, removeNamed } from "./named-rows.ts";

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

export const webhooksSchema: z.ZodType<readonly Webhook[]> = z.array(webhook);

/** The store whose webhooks are the rows of a document. */
export function webhooksIn(document: KeptDocument<readonly Webhook[]>): WebhookStore {
  return {
    all: () => document.read(),
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
