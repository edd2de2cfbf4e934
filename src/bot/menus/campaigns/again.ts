/** "Again" on a campaign's card: whom of its people a new campaign is for, each with its number. */
import { againGroups } from "../../../domain/again.ts";
import { keyOf } from "../../campaign-key.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { lines } from "../../conversations/step.ts";
import { sendView } from "../../views/view.ts";
import { sendText } from "./campaign-deeds.ts";

/** Data of a button that begins a campaign from an old one, behind `go:` or `over:`. */
export const AGAIN_DOOR = /^again-([A-Za-z]{1,20})-([\w-]{10})$/;

/** Offers every group with somebody in it; who is uncertain is said to have the message perhaps. */
export async function offerAgain({ app }: BotParts, context: OperatorContext, id: string): Promise<void> {
  const { words, api } = context;
  const counts = await app.againGroups(id);
  if (!counts) return sendText(context, words.say("unknown-campaign"));
  const groups = againGroups.filter((group) => counts[group] > 0);
  const rows = groups.map((group) => [
    {
      label: words.plain(`button-again-${group}`, { count: counts[group] }),
      choice: `go:again-${group}-${keyOf(id)}`,
    },
  ]);
  const text = lines(
    words.say("again-ask", { id }),
    counts.uncertain > 0 ? words.say("again-uncertain", { count: counts.uncertain }) : undefined,
  );
  await sendView(api, chatOf(context), { text, rows });
}
