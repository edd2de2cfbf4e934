/** Sends a file from this disk into a chat. */
import { readFile, stat } from "node:fs/promises";
import type { Api } from "grammy";
import { GrammyError, InputFile } from "grammy";
import type { Clock } from "../lib/clock.ts";

/** Most bytes a bot may upload (Bot API 10.1). */
const MOST_BYTES = 50 * 1024 * 1024;
const MOST_TRIES = 3;

export interface FileToSend {
  readonly chatId: number;
  readonly path: string;
  /** Without `;` and quotes, which grammY writes as they are. */
  readonly name: string;
  /** Telegram HTML. */
  readonly caption: string;
}

/**
 * Sends the file. Uploads are not repeated by the fetch beneath, so a 429 is waited for here.
 * @throws GrammyError, HttpError as Telegram answers
 */
export async function sendFile(api: Api, clock: Clock, file: FileToSend): Promise<"sent" | "tooBig"> {
  if ((await stat(file.path)).size > MOST_BYTES) return "tooBig";
  const bytes = await readFile(file.path);
  for (let tries = 1; ; tries += 1) {
    try {
      const document = new InputFile(bytes, file.name);
      await api.sendDocument(file.chatId, document, { caption: file.caption, parse_mode: "HTML" });
      return "sent";
    } catch (error) {
      const wait = error instanceof GrammyError ? error.parameters.retry_after : undefined;
      if (wait === undefined || tries === MOST_TRIES) throw error;
      await clock.sleep((wait + 1) * 1000);
    }
  }
}
