/** The cleaning report, and what the operator makes of it. */
import type { ListReport } from "../../../app/list-report.ts";
import { isAllSent, isSubscribersOrigin, listReportText } from "../../views/list-report.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { Answer } from "../answer.ts";
import type { DraftState } from "../draft-state.ts";
import type { Talk, Turn } from "../step.ts";
import { exitOf, exits } from "../step.ts";
import { sendRejected } from "./rejected-rows.ts";

/** Shows the report and keeps the list; answers the next list when one is sent right away. */
export async function reviewList(talk: Talk, state: DraftState, report: ListReport): Promise<Turn | Answer> {
  const { listId, origin, columns, valid } = report;
  const before = state.list?.listId;
  const isSubscribers = isSubscribersOrigin(origin);
  state.list = { listId, origin, columns, valid, ...(isSubscribers ? { isSubscribers } : {}) };
  if (before !== undefined && before !== listId) await discard(talk, before);
  await sendRejected(talk, report);
  await talk.dialogue.ask((words) => reportView(words, report));
  const answer = await talk.dialogue.next();
  const exit = exitOf(answer);
  if (exit) return exit;
  return answer.kind === "button" && answer.choice === "continue" ? "next" : answer;
}

function reportView(words: Words, report: ListReport): View {
  const another = { label: words.plain("button-another-list"), choice: "another" };
  const onward = isAllSent(report) ? [] : [{ label: words.plain("button-continue"), choice: "continue" }];
  return { text: listReportText(report, words), rows: [onward, [another], exits(words, "later")] };
}

async function discard({ dialogue, parts }: Talk, listId: string): Promise<void> {
  await dialogue.perform(() => parts.app.discardList(listId).then(() => null));
}
