/** Copying a message of an operator's chat (Bot API 10.1: copyMessage, and copyMessages for an album). */
import { z } from "zod";
import type { CopiedContent } from "../../domain/copied-content.ts";
import { joinedIds } from "../../domain/copied-content.ts";
import type { Answer } from "../../domain/fault.ts";
import type { BotAccess } from "./bot-api.ts";
import { callBotApi } from "./bot-api.ts";

/** What a copy is made with beside what is copied: the fields of any message, the keyboard among them. */
export interface CopyFields {
  readonly text: string;
  readonly common: Readonly<Record<string, unknown>>;
}

export interface CopyCall {
  readonly method: "copyMessage" | "copyMessages";
  readonly body: Readonly<Record<string, unknown>>;
}

/** The caption stays as it is where there is no text. An album takes neither a text, nor a keyboard, nor Stars. */
export function copyCall({ chatId, messageIds }: CopiedContent, { text, common }: CopyFields): CopyCall {
  const from = { from_chat_id: chatId };
  const [first] = messageIds;
  if (messageIds.length > 1)
    return {
      method: "copyMessages",
      body: { chat_id: common["chat_id"], ...from, message_ids: messageIds },
    };
  const { parse_mode: mode, ...others } = common;
  const caption = text === "" ? {} : { caption: text, ...(mode === undefined ? {} : { parse_mode: mode }) };
  return { method: "copyMessage", body: { ...others, ...from, message_id: first, ...caption } };
}

const copiedIds = z.array(z.object({ message_id: z.int() }));

/**
 * What a copied album means. Messages that are gone are left out of it without a word: of an album that lacks some the rest has
 * arrived, and of one that lacks all nothing has.
 */
export function albumAnswer({ messageIds }: CopiedContent, result: unknown): Answer {
  const ids = copiedIds.safeParse(result).data?.map((one) => one.message_id);
  if (!ids) return { kind: "delivered", messageId: "unknown" };
  if (ids.length === 0) return { kind: "rejected", why: "copyGone" };
  const whole = { kind: "delivered", messageId: joinedIds(ids) } as const;
  return ids.length < messageIds.length ? { ...whole, cutShort: "copyCutShort" } : whole;
}

/**
 * Tells whether the chat to copy from is unknown to the bot, as after another token: Telegram then says of every person that there
 * is no such chat, and nobody's name may be burned by that.
 */
export async function isSourceUnknown(
  access: BotAccess,
  { chatId }: CopiedContent,
  signal: AbortSignal,
): Promise<boolean> {
  const outcome = await callBotApi(access, "getChat", { chat_id: chatId }, signal);
  return outcome.kind === "refused" && outcome.refusal.error_code === 400;
}
