/** From a source to a list that the operator has looked over and kept, read again in another way as often as it takes. */
import type { ListChoices, ListReport, ListSource } from "../../../../app/lists/list-report.ts";
import type { Answer } from "../../answer.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Note, Talk, Turn } from "../../step.ts";
import { forgetSource, readList } from "./read-list.ts";
import { reviewList } from "./review-list.ts";

/** Where a list led: on or out, to a sentence on what is wrong with it, back to the question for a list, or to the next. */
export type Taken =
  | { readonly kind: "turn"; readonly turn: Turn }
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "again" }
  | { readonly kind: "answer"; readonly answer: Answer };

/** Takes a list; its file is gone afterwards, however it ended. */
export async function takeList(talk: Talk, state: DraftState, source: ListSource): Promise<Taken> {
  const taken = await takeUntilKept(talk, state, source);
  await forgetSource(talk, source);
  return taken;
}

interface Read {
  readonly report: ListReport;
  readonly choices: ListChoices;
}

async function takeUntilKept(talk: Talk, state: DraftState, source: ListSource): Promise<Taken> {
  const { id: campaignId = "", channel: chosen } = state;
  const channel = chosen ? { channel: chosen.name } : {};
  const attempt = (choices: ListChoices, signal: AbortSignal) =>
    talk.parts.app.importList({ source, campaignId, choices, ...channel }, signal);
  let choices: ListChoices = {};
  let last: Read | undefined;
  for (;;) {
    const outcome = await readList(talk, { source, choices, attempt });
    if (outcome.kind === "read") last = { report: outcome.found, choices: outcome.choices };
    else if (outcome.kind !== "exit") return outcome;
    else if (outcome.turn === "cancel") return { kind: "turn", turn: "cancel" };
    else if (!last) return { kind: "again" };
    const reviewed = await reviewList(talk, state, { ...last, source });
    if (reviewed.kind !== "read") return reviewed;
    ({ choices } = reviewed);
  }
}
