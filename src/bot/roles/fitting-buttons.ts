/** Takes the buttons out of whatever is sent to an operator that their role does not allow to press: in one place, for all. */
import type { Transformer } from "grammy";
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Right } from "../../app/team/team.ts";
import { rightOfPress } from "./press-rights.ts";

/** @param mayPress Whether whoever has that chat may do what needs that right */
export function fittingButtons(mayPress: (chatId: number, right: Right) => boolean): Transformer {
  return (previous, method, payload, signal) => {
    if (!("reply_markup" in payload) || !("chat_id" in payload)) return previous(method, payload, signal);
    const { reply_markup: markup, chat_id: chatId } = payload;
    if (typeof chatId === "number" && isInline(markup))
      Object.assign(payload, { reply_markup: { inline_keyboard: fitting(markup, chatId) } });
    return previous(method, payload, signal);
  };

  function fitting({ inline_keyboard: rows }: InlineKeyboardMarkup, chatId: number) {
    return rows
      .map((row) =>
        row.filter(
          (one) => !("callback_data" in one) || mayPress(chatId, rightOfPress(one.callback_data) ?? "act"),
        ),
      )
      .filter((row) => row.length > 0);
  }
}

function isInline(markup: unknown): markup is InlineKeyboardMarkup {
  return typeof markup === "object" && markup !== null && "inline_keyboard" in markup;
}
