/** What a chat gets at the end of a campaign, a task each: the picture, then the results. */
import type { Right } from "../../app/team/team.ts";
import type { LaneTask } from "../calls/outgoing-lane.ts";
import type { ReportRequest } from "../calls/send-report.ts";
import { sendPicture } from "../calls/send-report.ts";
import { sendResults } from "../calls/send-results.ts";
import type { OperatorBook } from "../operator-book.ts";

export type ReportParts = Omit<ReportRequest, "words"> & { readonly operators: OperatorBook };

/** Each under the name by which it stands once in a lane, in their order. */
export function reportTasks(parts: ReportParts): { readonly picture: LaneTask; readonly results: LaneTask } {
  const { operators, chatId } = parts;
  const sending =
    (send: typeof sendPicture, right: Right): LaneTask =>
    async () => {
      // The role may have been taken since it was asked for.
      if (!operators.may(chatId, right)) return "silent";
      await send({ ...parts, words: operators.wordsFor(chatId) });
      return "called";
    };
  return { picture: sending(sendPicture, "look"), results: sending(sendResults, "act") };
}
