/** Messages that were sent together come one by one, and nothing says which is the last: the operator does, and sees how many came. */
import type { View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import type { Copiable } from "../../copiable.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";

/** Takes the other parts of an album as they come, until the operator says that it is whole. */
export async function collectAlbum(
  { dialogue }: Talk,
  first: Copiable,
): Promise<Copiable[] | "back" | "cancel"> {
  const parts = [first];
  const showing = (words: Words): View => ({
    text: words.say("album-parts", { count: parts.length }),
    rows: [[{ label: words.plain("button-album-whole"), choice: "whole" }], exits(words, "later")],
  });
  await dialogue.ask(showing);
  for (;;) {
    const answer = await dialogue.next(first.album);
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return parts;
    if ("album" in answer.copy && answer.copy.album === first.album) parts.push(answer.copy);
    await dialogue.show(showing);
  }
}
