/** What a message shows: its text as Telegram HTML and the buttons under it. */
import { InlineKeyboard } from "grammy";
import type { Api } from "grammy";

export interface Button {
  readonly label: string;
  /** Callback data, or what follows the prefix of the one who sends the view; short enough for 64 bytes together. */
  readonly choice: string;
}

export interface View {
  readonly text: string;
  readonly rows?: readonly (readonly Button[])[];
  /** The message that it is a reply to, where it is sent as a new one. */
  readonly quotes?: number;
}

const HTML = { parse_mode: "HTML", link_preview_options: { is_disabled: true } } as const;

/** The buttons as Telegram takes them, each choice behind the prefix. */
export function keyboardOf(view: View, prefix = ""): InlineKeyboard {
  const rows = (view.rows ?? []).filter((row) => row.length > 0);
  return new InlineKeyboard(
    rows.map((row) => row.map(({ label, choice }) => InlineKeyboard.text(label, prefix + choice))),
  );
}

/** Sends a view as a new message and answers the message's id. */
export async function sendView(api: Api, chatId: number, view: View, prefix = ""): Promise<number> {
  const markup = view.rows ? { reply_markup: keyboardOf(view, prefix) } : {};
  const reply = view.quotes === undefined ? {} : { reply_parameters: { message_id: view.quotes } };
  const sent = await api.sendMessage(chatId, view.text, { ...HTML, ...markup, ...reply });
  return sent.message_id;
}

/** Puts a view in the place of a message's present text and buttons. Throws what Telegram answers. */
export async function editView(
  api: Api,
  place: { readonly chatId: number; readonly messageId: number },
  view: View,
  prefix = "",
): Promise<void> {
  await api.editMessageText(place.chatId, place.messageId, view.text, {
    ...HTML,
    reply_markup: keyboardOf(view, prefix),
  });
}
