/** Sends a file from this disk into a chat. */
import { readFile, stat } from "node:fs/promises";
import type { Api } from "grammy";
import { InputFile } from "grammy";
import type { Clock } from "../../lib/clock.ts";
import type { View } from "../views/view.ts";
import { keyboardOf } from "../views/view.ts";
import { uploadRetrying } from "./retried-upload.ts";

/** Most bytes a bot may upload (Bot API 10.1). */
const MOST_BYTES = 50 * 1024 * 1024;

export interface FileToSend {
  readonly chatId: number;
  readonly path: string;
  /** Without `;` and quotes, which grammY writes as they are. */
  readonly name: string;
  /** Telegram HTML. */
  readonly caption: string;
  /** Buttons under it. */
  readonly rows?: View["rows"];
  /** Ends the wait for another try. */
  readonly signal?: AbortSignal;
}

/**
 * Sends the file, again where that may help; see {@link uploadRetrying}.
 * @throws GrammyError, HttpError as Telegram answers at last
 */
export async function sendFile(api: Api, clock: Clock, file: FileToSend): Promise<"sent" | "tooBig"> {
  const { chatId, path, name, caption, rows, signal } = file;
  if ((await stat(path)).size > MOST_BYTES) return "tooBig";
  const bytes = await readFile(path);
  const markup = rows ? { reply_markup: keyboardOf({ text: "", rows }) } : {};
  const how = { caption, parse_mode: "HTML", ...markup } as const;
  await uploadRetrying(() => api.sendDocument(chatId, new InputFile(bytes, name), how), { clock, signal });
  return "sent";
}
