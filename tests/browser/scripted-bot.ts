/** A tiny bot of plain Bot API calls, for tests of the page: it greets, echoes, takes files, and lets a button edit. */
import type { Message, Update } from "grammy/types";
import { z } from "zod";
import type { Playground } from "../../src/playground/playground.ts";

const updateList = z.array(z.custom<Update>());

/** Polls until it is stopped. */
export interface ScriptedBot {
  call(method: string, fields: object): Promise<unknown>;
  stop(): Promise<void>;
}

const keyboard = {
  inline_keyboard: [
    [
      { text: "Count", callback_data: "count" },
      { text: "Alert", callback_data: "alert" },
    ],
    [{ text: "Silent", callback_data: "silent" }],
  ],
};

/** Starts the bot on a playground. */
export function startScriptedBot({ apiRoot, token }: Playground): ScriptedBot {
  const stopping = new AbortController();
  let count = 0;
  const call = async (method: string, fields: object, signal?: AbortSignal): Promise<unknown> => {
    const answer = await fetch(`${apiRoot}/bot${token}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
      ...(signal ? { signal } : {}),
    });
    return z.object({ result: z.unknown() }).parse(await answer.json()).result;
  };
  const onMessage = (message: Message): Promise<unknown> => {
    const to = { chat_id: message.chat.id };
    if (message.text === "/start")
      return call("sendMessage", {
        ...to,
        text: "<b>Welcome</b>, try /count",
        parse_mode: "HTML",
        reply_markup: keyboard,
      });
    if (message.document)
      return call("sendDocument", { ...to, document: message.document.file_id, caption: "Your file" });
    return call("sendMessage", { ...to, text: message.text ?? "a photo" });
  };
  const onPress = async ({
    id,
    data: pressed,
    message,
  }: NonNullable<Update["callback_query"]>): Promise<void> => {
    if (pressed === "silent" || !message) return;
    if (pressed === "count") {
      count += 1;
      const place = { chat_id: message.chat.id, message_id: message.message_id };
      await call("editMessageText", { ...place, text: `Counted ${count}`, reply_markup: keyboard });
    }
    await call("answerCallbackQuery", {
      callback_query_id: id,
      text: `Answer to ${pressed}`,
      show_alert: pressed === "alert",
    });
  };
  const polling = (async () => {
    let offset = 0;
    while (!stopping.signal.aborted) {
      const updates = updateList.parse(await call("getUpdates", { offset, timeout: 20 }, stopping.signal));
      for (const update of updates) {
        if (update.message) await onMessage(update.message);
        if (update.callback_query) await onPress(update.callback_query);
        offset = update.update_id + 1;
      }
    }
  })();
  const ended = polling.catch(() => undefined);
  return {
    call,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
