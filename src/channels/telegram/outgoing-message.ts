/** A message as the Bot API takes it: which method, which fields, and how long it may be. */
import { z } from "zod";
import type { MessageExtras, SendRequest } from "../channel.ts";
import { isCaption } from "../../domain/copied-content.ts";
import { LEAVE_PRESS } from "../../domain/people/leave-press.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import type { CopyCall } from "./copying.ts";
import { copyCall } from "./copying.ts";

/** Longest text and longest caption after the formatting is read, in UTF-16 units (Bot API 10.1). */
export const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;

type Attachment = NonNullable<MessageExtras["attachment"]>;

/** Who gets it, and the file by the name Telegram has for it; absent: it is uploaded now. */
export interface Addressed {
  readonly chatId: number;
  readonly fileId?: string;
  /** Pay with Stars for what goes beyond the free rate. */
  readonly isPaid: boolean;
  /** What the button to leave is called; absent: the message has none. */
  readonly leaveLabel?: string;
}

export interface OutgoingCall {
  readonly method: "sendMessage" | "sendPhoto" | "sendDocument" | CopyCall["method"];
  readonly body: FormData | Readonly<Record<string, unknown>>;
}

/** What is wrong with a message whoever gets it; counted as Telegram counts. */
export function lengthProblem({ text, extras }: SendRequest): "empty" | "tooLong" | undefined {
  const seen = extras?.format === "html" ? textOfHtml(text) : text;
  const isBeside = isCaption(extras ?? {});
  if (seen.trim() === "" && !isBeside) return "empty";
  return seen.length > (isBeside ? MAX_CAPTION : MAX_TEXT) ? "tooLong" : undefined;
}

/** Makes the call. @throws when the attachment can't be read */
export async function outgoingCall({ text, extras }: SendRequest, to: Addressed): Promise<OutgoingCall> {
  const common = {
    chat_id: to.chatId,
    ...(extras?.format === "html" ? { parse_mode: "HTML" } : {}),
    ...markupOf(extras?.buttons, to.leaveLabel),
    ...(to.isPaid ? { allow_paid_broadcast: true } : {}),
  };
  const attachment = extras?.attachment;
  if (extras?.copy) return copyCall(extras.copy, { text, common });
  if (!attachment) return { method: "sendMessage", body: { ...common, text } };
  const method = attachment.kind === "photo" ? "sendPhoto" : "sendDocument";
  const fields = text === "" ? common : { ...common, caption: text };
  if (to.fileId !== undefined) return { method, body: { ...fields, [attachment.kind]: to.fileId } };
  return { method, body: await uploadOf(attachment, fields) };
}

/** What stands under a message: links, one a row, and below them the one tap to leave. Nothing: no field at all. */
export function markupOf(buttons: MessageExtras["buttons"] = [], leaveLabel?: string): object {
  const links = buttons.map(({ label, url }) => [{ text: label, url }]);
  const leave = leaveLabel === undefined ? [] : [[{ text: leaveLabel, callback_data: LEAVE_PRESS }]];
  const rows = [...links, ...leave];
  return rows.length === 0 ? {} : { reply_markup: { inline_keyboard: rows } };
}

async function uploadOf(
  attachment: Attachment,
  fields: Readonly<Record<string, unknown>>,
): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of attachment.open()) pieces.push(new Uint8Array(piece));
  form.set(attachment.kind, new Blob(pieces), attachment.name);
  return form;
}

const sentMessage = z.object({
  message_id: z.int().optional(),
  photo: z.array(z.object({ file_id: z.string() })).optional(),
  document: z.object({ file_id: z.string() }).optional(),
});

/** What Telegram says of a message it has sent; what it leaves out is unknown, and the message is sent all the same. */
export function sentMessageOf(result: unknown): { readonly messageId: string; readonly fileId?: string } {
  const { message_id: id, photo, document } = sentMessage.safeParse(result).data ?? {};
  const fileId = photo?.at(-1)?.file_id ?? document?.file_id;
  return { messageId: String(id ?? "unknown"), ...(fileId === undefined ? {} : { fileId }) };
}
