/** A campaign's report in a chat: the picture, then the results file. */
import { InputFile } from "grammy";
import { reportPicture } from "../../words/report-picture.ts";
import type { BotLog } from "../bot-log.ts";
import { problemOf } from "./outgoing-lane.ts";
import { uploadRetrying } from "./retried-upload.ts";
import type { ResultsRequest } from "./send-results.ts";
import { sendResults } from "./send-results.ts";

export type ReportRequest = Omit<ResultsRequest, "format"> & { readonly log: BotLog };

/**
 * Draws how the campaign stands and sends it, then its results as a spreadsheet.
 * @throws GrammyError, HttpError as Telegram answers
 */
export async function sendReport(request: ReportRequest): Promise<void> {
  await sendPicture(request);
  await sendResults(request);
}

/** Sends the picture; one that can't be drawn is logged and left out, because the results say the same. */
export async function sendPicture(request: ReportRequest): Promise<void> {
  const { api, clock, chatId, words, campaignId: id, signal } = request;
  const bytes = await drawn(request);
  if (!bytes) return;
  const how = { caption: words.say("picture-caption", { id }), parse_mode: "HTML" } as const;
  const name = `${id}-report.png`;
  await uploadRetrying(() => api.sendPhoto(chatId, new InputFile(bytes, name), how), { clock, signal });
}

async function drawn({ app, words, campaignId, log }: ReportRequest): Promise<Uint8Array | undefined> {
  try {
    return await app.drawReport(campaignId, (report) => reportPicture(report, words));
  } catch (error) {
    log.error({ campaignId, problem: problemOf(error) }, "the report could not be drawn");
    return undefined;
  }
}
