/** Keeps the list that was just read under a name, for campaigns to come; the one in hand goes on as it is. */
import type { ListReport } from "../../../../app/lists/list-report.ts";
import type { Note, Talk } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";

const asksName: Note = (words) => words.say("audience-ask-name");

/** Asks for a name until one can be used. */
export async function keepList(talk: Talk, report: ListReport): Promise<"kept" | "back" | "cancel"> {
  const { dialogue, parts } = talk;
  let note: Note = asksName;
  for (;;) {
    const said = note;
    await dialogue.ask((words) => ({ text: said(words), rows: [exits(words, "later")] }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const name = answer.kind === "text" ? answer.text.trim() : "";
    const { listId, origin, valid: count } = report;
    const outcome = await dialogue.perform(() =>
      parts.app.audiences.keep({ name, list: { listId }, origin }),
    );
    if (outcome === "kept") {
      await dialogue.tell((words) => words.say("audience-kept", { name, count }));
      return "kept";
    }
    note = (words) => words.say(`audience-${outcome}`, { name });
  }
}
