/** /tag and /untag: what operators know of people, put on names or on everybody of an audience. */
import { Composer } from "grammy";
import type { Whom } from "../../../app/audiences/audiences.ts";
import { givenTag } from "../../../domain/people/audience.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { TAG_PRESS, personTags, tagKey, taggedText, tagsView } from "../../views/audiences/tags.ts";
import { sendView } from "../../views/view.ts";
import { typed } from "../../../words/markup.ts";
import { answered } from "../begin.ts";
import { replaceCard } from "../campaigns/uncertain.ts";

export function tagsMenu(parts: BotParts): Composer<OperatorContext> {
  const { audiences } = parts.app;
  const menu = new Composer<OperatorContext>();
  menu.command(["tag", "untag"], async (context) => {
    const { words } = context;
    const asked = askedIn(context.match);
    if (!asked)
      return void (await sendView(context.api, chatOf(context), tagsView(await audiences.tags(), words)));
    const takes = /^\/untag/i.test(context.message?.text ?? "");
    const { tag, whom } = asked;
    const result = await context.work.handOver(() =>
      takes ? audiences.untag(tag, whom) : audiences.tag(tag, whom),
    );
    const text = taggedText(takes ? "taken" : "added", givenTag(tag) ?? tag, { result, words });
    await sendView(context.api, chatOf(context), { text });
  });
  menu.callbackQuery(TAG_PRESS, async (context) => {
    const [, turn, key = "", name = ""] = context.match;
    const { words } = context;
    const tag = (await audiences.tags()).find((one) => tagKey(one.tag) === key)?.tag;
    if (tag === undefined) return answered(context, words.plain("gone-button"));
    const whom = { names: [name] };
    const result = await (turn === "off" ? audiences.untag(tag, whom) : audiences.tag(tag, whom));
    await answered(context);
    if (result.ok) await replaceCard(context, await tagsOf(parts, name, context));
  });
  return menu;
}

/** The tags of one person, with a button for each that there is. */
export async function tagsOf({ app }: BotParts, name: string, { words }: Pick<OperatorContext, "words">) {
  const answer = await app.who(name);
  const theirs = answer.ok ? answer.who.tags : [];
  return personTags(name, { all: await app.audiences.tags(), theirs }, words);
}

/** `vip ali, sara` or `vip = customers`; undefined where nobody is named. */
function askedIn(text: string): { readonly tag: string; readonly whom: Whom } | undefined {
  const [, named, audience] = /^(.*?)[=＝](.*)$/s.exec(text) ?? [];
  if (named !== undefined && audience !== undefined)
    return { tag: named.trim(), whom: { audience: audience.trim() } };
  const [tag, ...names] = text.split(/[\s,،;]+/).filter((part) => part !== "");
  return tag === undefined || names.length === 0
    ? undefined
    : { tag, whom: { names: names.map((name) => typed(name)) } };
}
