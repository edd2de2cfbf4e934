/** /texts: the messages that were saved under a name; each can be looked at and deleted. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { escapeHtml, quoted, shorten } from "../../words/markup.ts";
import type { SavedText } from "../documents.ts";
import { textKey, textName } from "../saved-texts.ts";
import type { View } from "../views/view.ts";
import { sendView } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import { answered } from "./begin.ts";

const LONGEST_SHOWN = 3000;

export function textsMenu({ savedTexts }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("texts", async (context) => {
    const renaming = /^(.*?)[=＝](.*)$/s.exec(context.match);
    const view = renaming
      ? await renamed(savedTexts, { from: renaming[1] ?? "", to: renaming[2] ?? "" }, context.words)
      : listView(savedTexts.all(), context.words);
    await sendView(context.api, chatOf(context), view);
  });
  menu.callbackQuery(/^text:(look|delete):([\w-]+)$/, async (context) => {
    const { words } = context;
    const [, deed, key = ""] = context.match;
    await answered(context);
    const text = deed === "delete" ? await savedTexts.remove(key) : savedTexts.byKey(key);
    const name = text?.name ?? "";
    const gone = { text: text ? words.say("text-deleted", { name }) : words.say("text-gone") };
    const view = text && deed === "look" ? textView(text, words) : gone;
    await sendView(context.api, chatOf(context), view);
  });
  return menu;
}

/** `/texts Old name = New name` */
async function renamed(
  savedTexts: BotParts["savedTexts"],
  { from, to }: { readonly from: string; readonly to: string },
  words: Words,
): Promise<View> {
  const [old, name] = [textName(from), textName(to)];
  if (name === undefined) return { text: words.say("text-name-wrong") };
  if (old === undefined) return { text: words.say("text-gone") };
  const outcome = await savedTexts.rename(old, name);
  return { text: words.say(outcome === "gone" ? "text-gone" : `text-rename-${outcome}`, { name }) };
}

function listView(texts: readonly SavedText[], words: Words): View {
  if (texts.length === 0) return { text: words.say("texts-none") };
  return {
    text: words.say("texts-title", { count: texts.length }),
    rows: texts.map((text) => [{ label: text.name, choice: `text:look:${textKey(text)}` }]),
  };
}

function textView(text: SavedText, words: Words): View {
  const plain = text.extras.format === "html" ? textOfHtml(text.message) : text.message;
  const about = words.say("text-about", { by: text.by, moment: words.moment(text.at) });
  return {
    text: [
      `<b>${escapeHtml(text.name)}</b>`,
      about,
      quoted(shorten(plain, LONGEST_SHOWN)),
      words.say("text-rename-how", { command: `/texts ${text.name} = …` }),
    ].join("\n"),
    rows: [[{ label: words.plain("button-text-delete"), choice: `text:delete:${textKey(text)}` }]],
  };
}
