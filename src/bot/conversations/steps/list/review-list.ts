/** The cleaning report, and what the operator makes of it. */
import type { ListChoices, ListReport, ListSource } from "../../../../app/lists/list-report.ts";
import { isAllSent, listReportText } from "../../../views/lists/list-report.ts";
import type { View } from "../../../views/view.ts";
import { isSubscribersOrigin } from "../../../../domain/list-origin.ts";
import type { Words } from "../../../../words/words.ts";
import type { Answer } from "../../answer.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk, Turn } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";
import { askAnotherWay, waysOf } from "./another-way.ts";
import { keepList } from "./keep-list.ts";
import { sendRejected } from "./rejected-rows.ts";

interface Reviewed {
  readonly report: ListReport;
  readonly source: ListSource;
  readonly choices: ListChoices;
}

/** What the operator made of it: a step on or back, another list, the next list right away, or to read it another way. */
export type Review =
  | { readonly kind: "turn"; readonly turn: Turn }
  | { readonly kind: "again" }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "read"; readonly choices: ListChoices };

/** Shows the report, its file before the buttons, and keeps the list. */
export async function reviewList(talk: Talk, state: DraftState, reviewed: Reviewed): Promise<Review> {
  const { report, source, choices } = reviewed;
  await keep(talk, state, report);
  await sendRejected(talk, report);
  for (;;) {
    await talk.dialogue.ask((words) => reportView(words, reviewed));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return { kind: "turn", turn: exit };
    if (answer.kind !== "button") return { kind: "answer", answer };
    if (answer.choice === "continue") return { kind: "turn", turn: "next" };
    if (answer.choice === "keepAs") {
      if ((await keepList(talk, report)) === "cancel") return { kind: "turn", turn: "cancel" };
      continue;
    }
    if (answer.choice !== "way") return { kind: "again" };
    const way = await askAnotherWay(talk, { source, readFrom: report.readFrom, choices });
    if (way === "cancel") return { kind: "turn", turn: way };
    if (way !== "back") return { kind: "read", choices: way };
  }
}

async function keep({ dialogue, parts }: Talk, state: DraftState, report: ListReport): Promise<void> {
  const { listId, origin, columns, valid } = report;
  const before = state.list?.listId;
  const isSubscribers = isSubscribersOrigin(origin);
  state.list = { listId, origin, columns, valid, ...(isSubscribers ? { isSubscribers } : {}) };
  if (before !== undefined && before !== listId)
    await dialogue.perform(() => parts.app.discardList(before).then(() => null));
}

/** Subscribers are chosen anew each time, and what is an audience already has a name. */
function isKeepable({ kind }: ListSource): boolean {
  return kind !== "subscribers" && kind !== "audience";
}

function reportView(words: Words, { report, source }: Reviewed): View {
  const way = { label: words.plain("button-another-way"), choice: "way" };
  const another = { label: words.plain("button-another-list"), choice: "another" };
  const onward = isAllSent(report) ? [] : [{ label: words.plain("button-continue"), choice: "continue" }];
  const ways = waysOf(source, report.readFrom).length > 0 ? [way] : [];
  const keeps = isKeepable(source) ? [{ label: words.plain("button-list-keep"), choice: "keepAs" }] : [];
  const rows = [onward, ways, [another], keeps, exits(words, "later")];
  return { text: listReportText(report, words), rows };
}
