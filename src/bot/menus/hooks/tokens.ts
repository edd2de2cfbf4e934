/** /tokens: what lets other programs in. A new token is shown in one message, once, and can be wiped from the chat. */
import { Composer } from "grammy";
import type { TokenView } from "../../../app/hooks/tokens.ts";
import { MOST_TOKENS } from "../../../domain/hooks/api-token.ts";
import { newApiToken, tokenHash } from "../../../lib/api-token.ts";
import { echo } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import type { View } from "../../views/view.ts";
import { sendView } from "../../views/view.ts";
import { answered } from "../begin.ts";

/** `/tokens` tells them, `/tokens NAME` makes one. */
export function tokensMenu({ app }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("tokens", async (context) => {
    const name = context.match.trim();
    const { words } = context;
    const view =
      name === ""
        ? listView(await app.tokens.list(), words)
        : await made(app, name, { by: String(context.operatorId), words });
    await sendView(context.api, chatOf(context), view);
  });
  menu.callbackQuery(/^token:revoke:([\w-]+)$/, async (context) => {
    await answered(context);
    const { words } = context;
    const [, name = ""] = context.match;
    const was = await app.tokens.revoke(name);
    const text = words.say(was ? "token-revoked" : "token-unknown", { name });
    await sendView(context.api, chatOf(context), { text });
  });
  menu.callbackQuery("token:wipe", async (context) => {
    await answered(context);
    await context.editMessageText(context.words.say("token-wiped")).catch(() => undefined);
  });
  return menu;
}

async function made(
  app: BotParts["app"],
  name: string,
  { by, words }: { readonly by: string; readonly words: Words },
): Promise<View> {
  const token = newApiToken();
  const added = await app.tokens.add({ name, hash: tokenHash(token) }, by);
  if (!added.ok)
    return { text: words.say(`token-${added.problem}`, { name: echo(name), most: MOST_TOKENS }) };
  return {
    text: words.say("token-added", { name, token }),
    rows: [[{ label: words.plain("button-token-wipe"), choice: "token:wipe" }]],
  };
}

function listView(tokens: readonly TokenView[], words: Words): View {
  if (tokens.length === 0) return { text: `${words.say("tokens-none")}\n${words.say("tokens-how")}` };
  const lines = tokens.map(({ name, at }) => words.say("token-line", { name, moment: words.moment(at) }));
  return {
    text: [words.say("tokens-title", { count: tokens.length }), ...lines, words.say("tokens-how")].join("\n"),
    rows: tokens.map(({ name }) => [
      { label: words.plain("button-token-revoke", { name }), choice: `token:revoke:${name}` },
    ]),
  };
}
