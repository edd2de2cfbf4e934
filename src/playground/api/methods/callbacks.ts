/** The bot's answer to a pressed button: once, in time, and short. */
import type { Method } from "../api-context.ts";
import { badRequest } from "../api-error.ts";

/** How long a press can be answered. The real server publishes no figure; answers after about half a minute fail there. */
export const QUERY_LIVES_MS = 30_000;
/** Longest notification (Bot API: answerCallbackQuery). */
const MAX_ANSWER = 200;

export const callbackMethods: Readonly<Record<string, Method>> = {
  answerCallbackQuery({ context, fields }) {
    const queryId = fields.text("callback_query_id");
    const { state } = context.store;
    const pressedAt = state.openQueries.get(queryId);
    if (pressedAt === undefined || context.clock.now() - pressedAt > QUERY_LIVES_MS)
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    const text = fields.text("text");
    if (text.length > MAX_ANSWER) throw badRequest("MESSAGE_TOO_LONG");
    context.store.record({ t: "answered", query: queryId });
    context.store.announce({
      kind: "answered",
      queryId,
      answer: {
        ...(text === "" ? {} : { text }),
        ...(fields.flag("show_alert") ? { showAlert: true } : {}),
        ...(fields.has("url") ? { url: fields.text("url") } : {}),
      },
    });
    return true;
  },
};
