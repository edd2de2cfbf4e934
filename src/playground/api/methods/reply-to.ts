/** The message a new one answers to. */
import type { Message } from "grammy/types";
import { z } from "zod";
import type { Call } from "../api-context.ts";
import { badRequest } from "../api-error.ts";
import type { Person } from "../../world/person.ts";

const replyParameters = z.looseObject({
  message_id: z.int(),
  allow_sending_without_reply: z.boolean().optional(),
});

/**
 * The quoted message of a call as `{reply_to_message}`, or nothing.
 * Untyped, because the library's type for it can't be built under exact optional properties.
 * @throws ApiError 400 when it is gone and the bot insists on it
 */
export function replyTo({ context, fields }: Call, person: Person): object {
  const asked =
    fields.object("reply_parameters", replyParameters, "reply parameters") ??
    legacyReply(fields.integer("reply_to_message_id"));
  if (!asked) return {};
  const message = context.store.state.message(person.id, asked.message_id);
  if (!message) {
    if (asked.allow_sending_without_reply === true) return {};
    throw badRequest("message to be replied not found");
  }
  return quotationOf(message);
}

/** The quoted message as the one that answers to it carries it; a quotation carries no quotation of its own. */
export function quotationOf({ reply_to_message: _nested, ...quoted }: Message): object {
  return { reply_to_message: quoted };
}

function legacyReply(id: number | undefined): z.infer<typeof replyParameters> | undefined {
  return id === undefined ? undefined : { message_id: id };
}
