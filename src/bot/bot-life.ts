/** The bot from its first call to its last: it gets ready, listens, and stops in order. */
import { tellErased } from "./menus/who/person-data.ts";
import type { Api, Bot } from "grammy";
import { GrammyError } from "grammy";
import type { Background } from "./background.ts";
import type { PeykBot, PeykBotOptions } from "./bot-options.ts";
import type { BotParts, OperatorContext } from "./bot-parts.ts";
import { announceCommands } from "./roles/announce-commands.ts";
import { dropOutdated } from "./conversations/conversation-storage.ts";
import { grammySignal } from "./calls/grammy-signal.ts";
import type { Intake } from "./intake/intake.ts";
import { ListenError, Poller } from "./intake/poller.ts";
import type { ListenTrouble } from "./intake/poller.ts";
import { within } from "../lib/deadline.ts";
import { problemOf } from "./calls/outgoing-lane.ts";
import type { Lexicon } from "../words/words.ts";

interface LifeParts {
  readonly bot: Bot<OperatorContext>;
  /** Makes each call once. */
  readonly api: Api;
  readonly parts: BotParts;
  readonly options: PeykBotOptions;
  readonly lexicon: Lexicon;
  readonly background: Background;
  readonly intake: Intake;
  /** Ends every call of the bot's, and every wait for one. */
  readonly closing: AbortController;
}

/** The commands are a comfort: listening does not wait for them longer than this, ms. */
const ANNOUNCE_MS = 3000;
/** What goes on beside the handling of updates has this long to end when the bot stops, ms. */
const STOP_GRACE_MS = 5000;
const CONFIRM_MS = 2000;

/** Puts a life together from its parts. */
export function createLife(life: LifeParts): PeykBot {
  const { parts, intake, options } = life;
  const stopping = new AbortController();
  const words = life.lexicon[options.defaultLocale];
  const poller = new Poller({
    api: life.api,
    clock: parts.clock,
    room: (signal) => intake.room(signal),
    take: (updates, isMoreComing) => intake.take(updates, isMoreComing),
    tell: (trouble) => parts.log[isOver(trouble) ? "info" : "warn"]({}, words.plain(`listen-${trouble}`)),
  });
  let running: Promise<void> | undefined;
  return {
    async bindLeftOver() {
      await intake.bindLeftOver();
    },
    async start() {
      running = run(life, poller, stopping.signal);
      await running.catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        throw error instanceof ListenError ? new Error(words.plain(`listen-end-${error.end}`)) : error;
      });
    },
    async stop() {
      stopping.abort();
      await running?.catch(() => undefined);
      await stop(life, poller);
    },
  };
}

function isOver(trouble: ListenTrouble): boolean {
  return trouble === "reached";
}

async function run(life: LifeParts, poller: Poller, signal: AbortSignal): Promise<void> {
  const { bot, api, parts, options, lexicon, intake } = life;
  const announcing = announceCommands(bot.api, lexicon, parts.operators).catch((error: unknown) => {
    // A refused token is said by whoever listens, in the operator's language.
    const isRefused = error instanceof GrammyError && [401, 404].includes(error.error_code);
    const level = isRefused ? "info" : "warn";
    options.log[level]({ problem: problemOf(error) }, "the commands could not be announced");
  });
  await within(announcing, parts.clock, ANNOUNCE_MS);
  parts.inBackground(() => tellErased(parts, (chatId, text) => bot.api.sendMessage(chatId, text)));
  await parts.reporter.open();
  parts.leadReporter.open();
  await parts.alerter.open();
  parts.storeTeller.open();
  await parts.answerTeller.open();
  await parts.webhookTeller.open();
  tellOutdated(life, await dropOutdated(options.conversations));
  await parts.uploads.prune(JSON.stringify([options.conversations.get(), options.drafts.get()]));
  bot.botInfo = await poller.reach((until) => api.getMe(grammySignal(until)), signal);
  // A webhook that was set once would keep every update away.
  await poller.reach(
    (until) => api.deleteWebhook({ drop_pending_updates: false }, grammySignal(until)),
    signal,
  );
  await intake.resume();
  await poller.listen(signal);
}

function tellOutdated({ bot, parts }: LifeParts, chats: readonly number[]): void {
  for (const chatId of chats)
    parts.inBackground(async () => {
      await bot.api.sendMessage(chatId, parts.operators.wordsFor(chatId).say("dialogue-lost"));
    });
}

async function stop(
  { parts, options, background, intake, closing }: LifeParts,
  poller: Poller,
): Promise<void> {
  await intake.close();
  // Where Telegram can't be reached, what comes again at the next start is known by then.
  await poller
    .confirm(AbortSignal.timeout(CONFIRM_MS))
    .catch((error: unknown) =>
      options.log.warn({ problem: problemOf(error) }, "Telegram was not told that the bot stops"),
    );
  await within(background.idle(), parts.clock, STOP_GRACE_MS);
  closing.abort();
  await background.idle();
  const speakers = [
    parts.reporter,
    parts.leadReporter,
    parts.alerter,
    parts.storeTeller,
    parts.answerTeller,
    parts.webhookTeller,
  ];
  await Promise.all(speakers.map((one) => one.close()));
}
