import { sendFile } from "../../../calls/send-file.ts";
import { chatOf } from "../../dialogue.ts";
import type { Talk } from "../../step.ts";
import { rejectedWords } from "../../../../words/file-words.ts";

/** What is told of rows that name nobody. */
interface WithRejected {
  /** Absent: there are none. */
  readonly listId?: string;
  readonly invalid: number;
}

/** Sends the rows that name nobody as a file in the operator's words. */
export async function sendRejected(
  { dialogue, parts }: Talk,
  { listId, invalid }: WithRejected,
): Promise<void> {
  if (listId === undefined || invalid === 0) return;
  await dialogue.perform(async (context) => {
    const { words, api } = context;
    const table = await parts.app.rejectedRows(listId, rejectedWords(words));
    const [name, caption] = [words.plain("rejected-file"), words.say("rejected-caption")];
    const { signal } = context.work;
    // The report has the first lines; a file that can't be sent must not end the dialogue.
    const to = { chatId: chatOf(context), name, caption, signal };
    if (table) await sendFile(api, parts.clock, { ...to, file: table }).catch(() => undefined);
    return null;
  });
}
