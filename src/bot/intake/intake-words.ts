/** What is said about updates that could not be handled as they came: to whom, and in whose language. */
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { NotAllowedError } from "../../app/team/not-allowed.ts";
import { UnreadableRecordError } from "../../domain/errors.ts";
import type { BotParts } from "../bot-parts.ts";
import { problemOf } from "../calls/outgoing-lane.ts";
import { shorten } from "../../words/markup.ts";
import { unreadableLine } from "../../words/campaign-lines.ts";
import type { Words } from "../../words/words.ts";
import { sendView } from "../views/view.ts";
import type { IntakeParts } from "./intake.ts";
import type { UpdateWork } from "./update-work.ts";

interface Parts extends Pick<BotParts, "operators" | "log" | "inBackground"> {
  readonly api: Api;
  /** Keeps an update that is not handled any more; answers where. */
  readonly keepAside: (update: Update) => Promise<string>;
}

/** More of one chat than can wait is said once in this many. */
const REFUSED_TOLD = 1000;
const MOST_REMEMBERED = 1000;

/** Makes what an intake tells. */
export function createIntakeWords(
  parts: Parts,
): Pick<IntakeParts, "failed" | "refused" | "late" | "setAside"> {
  const { operators, log, inBackground, api } = parts;
  const refusals = new Map<string, number>();
  const tell = (chatId: number, sentence: (words: Words) => string): void =>
    inBackground(
      async () => void (await sendView(api, chatId, { text: sentence(operators.wordsFor(chatId)) })),
    );
  const tellSender = (
    { message, callback_query: press }: Update,
    sentence: (words: Words) => string,
  ): void => {
    const from = (message ?? press)?.from;
    if (!from || (message && message.chat.type !== "private")) return;
    const isOperator = operators.isOperator(from.id);
    const words = isOperator ? operators.wordsFor(from.id) : operators.wordsForStranger(from.language_code);
    inBackground(async () => void (await sendView(api, from.id, { text: sentence(words) })));
  };
  return {
    async failed(work, error) {
      log.error({ update: work.updateId, problem: problemOf(error) }, "an update failed");
      const chatId = senderOf(work.update);
      // An opt-out that could not be written down is tried until it can.
      if (chatId === undefined || !operators.isOperator(chatId)) return true;
      apologise(parts, work, { chatId, error });
      return false;
    },
    refused(work) {
      const { chat } = work.errand;
      const count = refusals.get(chat) ?? 0;
      if (refusals.size >= MOST_REMEMBERED) refusals.clear();
      refusals.set(chat, count + 1);
      if (count % REFUSED_TOLD === 0) tellSender(work.update, (words) => words.say("too-many-messages"));
    },
    late({ update: { callback_query: press } }) {
      if (!press) return;
      const text = operators.wordsFor(press.from.id).plain("press-waits");
      inBackground(
        async () => void (await api.answerCallbackQuery(press.id, { text }).catch(() => undefined)),
      );
    },
    async setAside(update) {
      const path = await parts.keepAside(update);
      log.error(
        { update: update.update_id, path },
        "an update was in hand when Peyk died twice; it was set aside",
      );
      const sender = senderOf(update);
      const chatId = operators.isOperator(sender) ? sender : operators.ids[0];
      if (chatId !== undefined)
        tell(chatId, (words) => words.say("update-set-aside", { what: whatIs(update, words), path }));
    },
  };
}

interface Failure {
  readonly chatId: number;
  readonly error: unknown;
}

function apologise(
  { api, operators, inBackground }: Parts,
  { update }: UpdateWork,
  { chatId, error }: Failure,
): void {
  inBackground(async () => {
    const words = operators.wordsFor(chatId);
    if (update.callback_query) await api.answerCallbackQuery(update.callback_query.id).catch(() => undefined);
    const text =
      error instanceof UnreadableRecordError
        ? unreadableLine(error.campaignId, words)
        : words.say(error instanceof NotAllowedError ? "role-taken" : "went-wrong");
    await sendView(api, chatId, { text });
  });
}

/** Who did it; in the chats that are heard this is the chat as well. */
function senderOf({ message, callback_query: press, my_chat_member: member }: Update): number | undefined {
  return (message ?? press ?? member)?.from?.id;
}

const LONGEST_SHOWN = 60;

function whatIs({ message, callback_query: press }: Update, words: Words): string {
  if (press) return words.plain("aside-press");
  const name = message?.document?.file_name;
  if (name !== undefined) return words.plain("aside-file", { name: shorten(name, LONGEST_SHOWN) });
  const text = message?.text ?? message?.caption;
  if (text === undefined) return words.plain("aside-message");
  return words.plain("aside-text", { text: shorten(text, LONGEST_SHOWN) });
}
