/** Keyboards under messages, checked as the real server checks them. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";
import { z } from "zod";
import { badRequest } from "../api-error.ts";
import type { Fields } from "../fields.ts";

/** Largest `callback_data`, in bytes (Bot API: InlineKeyboardButton). */
const MAX_CALLBACK_BYTES = 64;
/** Most buttons of one message (not published; what the real server has been seen to take). */
const MAX_BUTTONS = 100;

const buttonShape = z.looseObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});
const button = z.custom<InlineKeyboardButton>((value) => buttonShape.safeParse(value).success);
const anyMarkup = z.looseObject({ inline_keyboard: z.array(z.array(button)).optional() });

/**
 * The inline keyboard of a call. Other keyboards are accepted and leave no trace on the message, as in Telegram.
 * @returns Undefined when there is none or it has no button
 * @throws ApiError 400, e.g. `BUTTON_DATA_INVALID`
 */
export function inlineKeyboardOf(fields: Fields): InlineKeyboardMarkup | undefined {
  const markup = fields.object("reply_markup", anyMarkup, "reply keyboard markup");
  const rows = (markup?.inline_keyboard ?? []).filter((row) => row.length > 0);
  if (rows.length === 0) return undefined;
  if (rows.flat().length > MAX_BUTTONS) throw badRequest("reply markup is too long");
  for (const one of rows.flat()) checkButton(one);
  return { inline_keyboard: rows };
}

function checkButton(one: InlineKeyboardButton): void {
  if (one.text.trim() === "")
    throw badRequest("can't parse inline keyboard button: Button text must be non-empty");
  if ("callback_data" in one) {
    const bytes = Buffer.byteLength(one.callback_data);
    if (bytes < 1 || bytes > MAX_CALLBACK_BYTES) throw badRequest("BUTTON_DATA_INVALID");
  } else if ("url" in one) {
    if (!/^(?:https?|tg):\/\//i.test(one.url) && !/^[\w-]+(\.[\w-]+)+/.test(one.url))
      throw badRequest(`inline keyboard button URL '${one.url}' is invalid: Wrong HTTP URL`);
  } else if (!("copy_text" in one)) throw badRequest("Text buttons are unallowed in the inline keyboard");
}
