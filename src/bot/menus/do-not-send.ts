/** /suppress and /unsuppress: the do-not-send list, as the operator's own blocks. */
import { Composer } from "grammy";
import type { SuppressionResult } from "../../app/people/suppress.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { lookChoice } from "../views/do-not-send-list.ts";
import { sendView } from "../views/view.ts";
import type { Words } from "../../words/words.ts";

/** Names behind the command, in any usual spelling and apart by blanks or commas; without any it says how the list stands. */
export function doNotSendMenu({ app }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("suppress", async (context) => {
    const names = namesIn(context.match);
    if (names.length === 0) return tellStanding(context, await app.suppress.count());
    const done = await app.suppress.add(names, "blocked");
    return tell(context, outcome("suppress-added", done, context.words));
  });
  menu.command("unsuppress", async (context) => {
    const names = namesIn(context.match);
    if (names.length === 0) return tellStanding(context, await app.suppress.count());
    const done = await app.suppress.remove(names);
    return tell(context, outcome("suppress-removed", done, context.words));
  });
  return menu;
}

function namesIn(text: string): string[] {
  return text.split(/[\s,،;]+/).filter((part) => part !== "");
}

async function tellStanding(context: OperatorContext, count: number): Promise<void> {
  const { words } = context;
  await sendView(context.api, chatOf(context), {
    text: [words.say("suppress-standing", { count }), words.say("suppress-how")].join("\n"),
    rows: [
      count > 0
        ? [{ label: words.plain("button-suppress-look"), choice: lookChoice({ sought: "", page: 0 }) }]
        : [],
      [{ label: words.plain("button-opt-outs"), choice: "go:optouts" }],
    ],
  });
}

function outcome(id: string, result: SuppressionResult, words: Words): string {
  const { changed, unchanged, invalid } = result;
  const texts = words.codes(invalid.map(({ text }) => text));
  return [
    ...(changed + unchanged === 0 ? [] : [words.say(id, { count: changed })]),
    ...(invalid.length === 0 ? [] : [words.say("suppress-invalid", { texts })]),
  ].join("\n");
}

async function tell(context: OperatorContext, text: string): Promise<void> {
  await sendView(context.api, chatOf(context), { text });
}
