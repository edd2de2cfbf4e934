/** What was saved under a name, offered where a message is asked for; who has saved nothing sees nothing of it. */
import { textKey } from "../../../saved-texts.ts";
import type { View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import type { Answer } from "../../answer.ts";
import type { Note, Talk } from "../../step.ts";
import type { WrittenMessage } from "./room.ts";

interface Offered {
  readonly key: string;
  readonly name: string;
}

/** Key and name of each saved text. */
export function savedIn({ dialogue, parts }: Talk): Promise<Offered[]> {
  return dialogue.perform(() =>
    parts.savedTexts.all().map((text) => ({ key: textKey(text), name: text.name })),
  );
}

/** A question with a row a text, above its own. */
export function withSaved(view: View, saved: readonly Offered[], words: Words): View {
  const rows = saved.map(({ key, name }) => [
    { label: words.plain("button-saved-text", { name }), choice: `text=${key}` },
  ]);
  return { ...view, rows: [...rows, ...(view.rows ?? [])] };
}

/** Reads a press on one of them. */
export function savedChoice(answer: Answer): string | undefined {
  return answer.kind === "button" ? /^text=(.+)$/.exec(answer.choice)?.[1] : undefined;
}

/** Hands a saved text over to be taken as if it had been written; it may have been deleted meanwhile. */
export async function useSaved(
  { dialogue, parts }: Talk,
  key: string,
  take: (written: WrittenMessage) => Promise<Note | undefined>,
): Promise<Note | undefined> {
  const found = await dialogue.perform(() => parts.savedTexts.byKey(key) ?? null);
  if (!found) return (words) => words.say("text-gone");
  return take({ message: found.message, extras: found.extras });
}
