/** Long polling, and the webhook that the playground never has. */
import { z } from "zod";
import type { Method } from "../api-context.ts";
import { badRequest } from "../api-error.ts";

/** Longest a poll waits, in seconds (Bot API server: LONG_POLL_MAX_TIMEOUT). */
const MAX_TIMEOUT = 50;
const MAX_UPDATES = 100;

export const updateMethods: Readonly<Record<string, Method>> = {
  getUpdates({ context, fields, signal }) {
    const kinds = fields.object("allowed_updates", z.array(z.string()), "allowed_updates");
    const limit = fields.integer("limit") ?? MAX_UPDATES;
    const timeout = fields.integer("timeout") ?? 0;
    const poll = {
      offset: fields.integer("offset") ?? 0,
      limit: Math.min(Math.max(limit, 1), MAX_UPDATES),
      timeoutMs: Math.min(Math.max(timeout, 0), MAX_TIMEOUT) * 1000,
      ...(kinds ? { kinds } : {}),
    };
    return context.updates.poll(poll, signal);
  },

  deleteWebhook({ context, fields }) {
    if (fields.flag("drop_pending_updates"))
      context.store.record({ t: "confirmed", before: context.store.state.ids.update + 1 });
    return true;
  },

  getWebhookInfo: ({ context }) => ({
    url: "",
    has_custom_certificate: false,
    pending_update_count: context.store.state.updates.length,
  }),

  setWebhook({ fields }) {
    if (!fields.has("url")) return true;
    throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  },
};
