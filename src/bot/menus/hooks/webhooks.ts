/** /webhooks: where events are posted to. A new secret is shown in one message, once, and can be wiped from the chat. */
import { Composer } from "grammy";
import type { Webhooks, WebhookView } from "../../../app/hooks/webhooks.ts";
import { hookTypes } from "../../../domain/hooks/hook-event.ts";
import { createSecret } from "../../../lib/webhooks/signature.ts";
import { testText, webhookLines, webhookProblemText } from "../../../words/hook-words.ts";
import { echo } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import type { View } from "../../views/view.ts";
import { sendView } from "../../views/view.ts";
import { answered } from "../begin.ts";

/** Stands for an address that may be on this machine or in a private network. */
const NEAR = "near";

/** `/webhooks` tells them, `/webhooks NAME ADDRESS [near] [types]` makes one. */
export function webhooksMenu({ app }: BotParts): Composer<OperatorContext> {
  const { webhooks } = app;
  const menu = new Composer<OperatorContext>();
  menu.command("webhooks", async (context) => {
    const given = context.match.split(/[\s,،]+/).filter(Boolean);
    const { words } = context;
    const view =
      given.length === 0
        ? listView(await webhooks.list(), words)
        : await made(webhooks, given, { by: String(context.operatorId), words });
    await sendView(context.api, chatOf(context), view);
  });
  menu.callbackQuery(/^hook:(look|test|rotate|resume|remove):([\w-]+)$/, async (context) => {
    await answered(context);
    const { words } = context;
    const [, deed = "", name = ""] = context.match;
    await sendView(context.api, chatOf(context), await viewAfter(webhooks, deed, { name, words }));
  });
  menu.callbackQuery("hook:wipe", async (context) => {
    await answered(context);
    await context.editMessageText(context.words.say("webhook-wiped")).catch(() => undefined);
  });
  return menu;
}

interface Meant {
  readonly name: string;
  readonly words: Words;
}

async function viewAfter(webhooks: Webhooks, deed: string, { name, words }: Meant): Promise<View> {
  const told = (was: boolean, id: string): View => ({
    text: words.say(was ? id : "webhook-unknown", { name }),
  });
  switch (deed) {
    case "test":
      return { text: testText(name, await webhooks.test(name), words) };
    case "remove":
      return told(await webhooks.remove(name), "webhook-removed");
    case "resume":
      return told(await webhooks.resume(name), "webhook-resumed");
    case "rotate": {
      const secret = createSecret();
      const was = await webhooks.rotate(name, secret);
      return was ? secretView("webhook-rotated-secret", { name, words }, secret) : told(false, "");
    }
    default: {
      const hook = (await webhooks.list()).find((one) => one.name === name);
      return hook ? cardView(hook, words) : told(false, "");
    }
  }
}

interface Making {
  readonly by: string;
  readonly words: Words;
}

async function made(webhooks: Webhooks, given: readonly string[], { by, words }: Making): Promise<View> {
  const [name = "", url = "", ...rest] = given;
  const wanted = rest.filter((one) => one !== NEAR);
  const types = hookTypes.filter((one) => wanted.includes(one));
  const [stranger] = wanted.filter((one) => !types.some((type) => type === one));
  if (stranger !== undefined)
    return { text: words.say("webhook-badType", { type: echo(stranger), names: words.codes(hookTypes) }) };
  const secret = createSecret();
  const asked = { name, url, secret, mayBeNear: rest.includes(NEAR), ...(types.length > 0 ? { types } : {}) };
  const added = await webhooks.add(asked, by);
  if (!added.ok) return { text: webhookProblemText(added.problem, name, words) };
  return secretView("webhook-added", { name, words }, secret);
}

function secretView(id: string, { name, words }: Meant, secret: string): View {
  return {
    text: words.say(id, { name, secret }),
    rows: [[{ label: words.plain("button-token-wipe"), choice: "hook:wipe" }]],
  };
}

function listView(hooks: readonly WebhookView[], words: Words): View {
  const how = words.say("webhooks-how");
  if (hooks.length === 0) return { text: `${words.say("webhooks-none")}\n${how}` };
  return {
    text: [...hooks.flatMap((hook) => [...webhookLines(hook, words), ""]), how].join("\n"),
    rows: hooks.map(({ name }) => [{ label: name, choice: `hook:look:${name}` }]),
  };
}

function cardView(hook: WebhookView, words: Words): View {
  const { name, off, failing } = hook;
  const button = (deed: string) => ({
    label: words.plain(`button-webhook-${deed}`),
    choice: `hook:${deed}:${name}`,
  });
  return {
    text: webhookLines(hook, words).join("\n"),
    rows: [off || failing ? [button("resume")] : [], [button("test"), button("rotate")], [button("remove")]],
  };
}
