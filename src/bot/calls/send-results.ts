import type { Api } from "grammy";
import type { App } from "../../app/app.ts";
import type { ResultFormat } from "../../app/campaigns/results-file.ts";
import type { Clock } from "../../lib/clock.ts";
import type { KeepFile } from "../../lib/files/made-file.ts";
import { sendFile } from "./send-file.ts";
import { campaignChoice } from "../views/callback-data.ts";
import type { View } from "../views/view.ts";
import { sendView } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import { resultWords } from "../../words/file-words.ts";

export interface ResultsRequest {
  readonly api: Api;
  readonly app: App;
  readonly clock: Clock;
  /** For what no chat can take. */
  readonly keepFile: KeepFile;
  readonly chatId: number;
  readonly words: Words;
  readonly campaignId: string;
  /** Absent: a spreadsheet, with the others on buttons under it. */
  readonly format?: ResultFormat;
  /** Ends the wait for another try. */
  readonly signal: AbortSignal;
}

/**
 * Sends a campaign's results into the chat as `<task id>-results.<format>`.
 * @throws GrammyError, HttpError as Telegram answers
 */
export async function sendResults({
  api,
  app,
  clock,
  keepFile,
  chatId,
  words,
  campaignId: id,
  format = "xlsx",
  signal,
}: ResultsRequest): Promise<void> {
  const results = await app.exportResults(id, resultWords(words), format);
  if (!results) {
    await sendView(api, chatId, { text: words.say("results-none", { id }) });
    return;
  }
  const file = {
    chatId,
    file: results,
    name: results.name,
    caption: words.say("results-caption", { id }),
    rows: format === "xlsx" ? otherFormats(id, words) : [],
    signal,
  };
  const outcome = await sendFile(api, clock, file);
  if (outcome === "sent") return;
  const path = await keepFile(results);
  await sendView(api, chatId, { text: words.say("results-too-big", { id, path }) });
}

function otherFormats(id: string, words: Words): View["rows"] {
  const button = (format: "csv" | "json") => ({
    label: words.plain(`button-results-${format}`),
    choice: campaignChoice(format, id),
  });
  return [[button("csv"), button("json")]];
}
