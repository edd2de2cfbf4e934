/** Sends a file into a chat. */
import type { Api } from "grammy";
import { InputFile } from "grammy";
import type { Clock } from "../../lib/clock.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";
import type { View } from "../views/view.ts";
import { keyboardOf } from "../views/view.ts";
import { uploadRetrying } from "./retried-upload.ts";

/** Most bytes a bot may upload (Bot API 10.1). */
const MOST_BYTES = 50 * 1024 * 1024;

export interface FileToSend {
  readonly chatId: number;
  readonly file: Pick<MadeFile, "open">;
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
export async function sendFile(api: Api, clock: Clock, sent: FileToSend): Promise<"sent" | "tooBig"> {
  const { chatId, file, name, caption, rows, signal } = sent;
  const bytes = await bytesOf(file);
  if (!bytes) return "tooBig";
  const markup = rows ? { reply_markup: keyboardOf({ text: "", rows }) } : {};
  const how = { caption, parse_mode: "HTML", ...markup } as const;
  await uploadRetrying(() => api.sendDocument(chatId, new InputFile(bytes, name), how), { clock, signal });
  return "sent";
}

/** Undefined when there are more than a bot may upload; the rest is not made then. */
async function bytesOf(file: Pick<MadeFile, "open">): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file.open()) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MOST_BYTES) return undefined;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}
