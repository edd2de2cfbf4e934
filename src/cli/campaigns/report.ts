/** `peyk report ID`: draws how a campaign stands, as the chat shows it. */
import { reportPicture } from "../../words/report-picture.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Ending } from "../command.ts";
import { NO_FILE, writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";
import { unknownCampaign } from "./status.ts";

/** @param request `out`: where the PNG goes, `-` is standard output; absent: a file in the working folder */
export async function drawCampaign(
  { app, words, keep }: LookedAt,
  { id, out }: { readonly id: string; readonly out?: string },
  output: Output,
): Promise<Ending> {
  const file = out ?? `${id}-report.png`;
  if (file !== NO_FILE && !/\.png$/i.test(file))
    throw new SaidError(words.plain("cli-report-not-png", { file }));
  const bytes = await app.drawReport(id, (report) => reportPicture(report, words));
  if (!bytes) throw await unknownCampaign(app, id, words);
  const drawn = { name: `${id}-report.png`, open: () => [bytes] };
  const path = await writtenTo({ out: file, output, words, keep }, drawn);
  if (path !== NO_FILE) output.say(path);
  return { exitCode: DONE, summary: { taskId: id, path } };
}
