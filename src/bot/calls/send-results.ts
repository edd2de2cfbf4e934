import type { Api } from "grammy";
import type { App } from "../../app/app.ts";
import type { Clock } from "../../lib/clock.ts";
import { sendFile } from "./send-file.ts";
import { sendView } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import { resultWords } from "../../words/file-words.ts";

interface ResultsRequest {
  readonly api: Api;
  readonly app: App;
  readonly clock: Clock;
  readonly chatId: number;
  readonly words: Words;
  readonly campaignId: string;
  /** Ends the wait for another try. */
  readonly signal: AbortSignal;
}

/**
 * Writes a campaign's results and sends them into the chat as `<task id>-results.csv`.
 * @throws GrammyError, HttpError as Telegram answers
 */
export async function sendResults({
  api,
  app,
  clock,
  chatId,
  words,
  campaignId: id,
  signal,
}: ResultsRequest): Promise<void> {
  const path = await app.exportResults(id, resultWords(words));
  if (path === undefined) {
    await sendView(api, chatId, { text: words.say("results-none", { id }) });
    return;
  }
  const caption = words.say("results-caption", { id });
  const outcome = await sendFile(api, clock, { chatId, path, name: `${id}-results.csv`, caption, signal });
  if (outcome === "tooBig") await sendView(api, chatId, { text: words.say("results-too-big", { id, path }) });
}
