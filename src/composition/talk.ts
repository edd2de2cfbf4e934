/**
 * The bot at work on what it keeps. Only one process at a time talks with Telegram: it opens what is kept when it begins, and
 * closes it when it stops, so that whoever talks next finds all of it.
 */
import { createPeykBot } from "../bot/bot.ts";
import * as documents from "../bot/documents.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../lib/clock.ts";
import { openTogether } from "../lib/opened.ts";
import type { Core } from "./core-order.ts";
import type { Log } from "./log.ts";
import type { TelegramAccess } from "./open-channels.ts";
import { SAMPLE_LIST } from "./sample-list.ts";
import type { OpenChat } from "./stores/stores.ts";

export interface TalkParts {
  readonly core: Pick<Core, "app" | "front">;
  readonly access: TelegramAccess;
  readonly clock: Clock;
  /** The bot has an address that people can open. */
  readonly isPublic: boolean;
}

/** Closed, nothing is handled any more: what was in hand is laid back for whoever talks next. */
export interface Talk extends AsyncDisposable {
  /** Listens until it is closed. Rejects when Telegram, or another instance, makes it stop. */
  start(): Promise<void>;
  /** Resolves when it may write no more: it is to be closed, and opened anew by whoever talks then. */
  readonly lost: Promise<void>;
}

/** Opens what the bot keeps, and binds the opt-outs that it took in and did not get to. Nothing is heard yet. */
export function openTalk(
  config: Config,
  log: Log,
  { core, access, clock, isPublic }: TalkParts,
): Promise<Talk> {
  return openTogether(async (opened) => {
    const chat = opened.hold(await core.front.openChat());
    const spool = opened.hold(
      await chat.openSpool((await chat.document(documents.seenUpdatesDocument)).get()),
    );
    const bot = createPeykBot({
      ...access,
      isPublic,
      ...(await openDocuments(chat)),
      spool,
      keepAside: (update) => chat.keepAside(update),
      app: core.app,
      defaultLocale: config.defaultLocale,
      timeZone: config.timeZone,
      uploads: chat.uploads,
      keepFile: core.front.keepFile,
      clock,
      sample: { listPath: SAMPLE_LIST, listName: "sample-list.csv" },
      log,
    });
    opened.hold({ [Symbol.asyncDispose]: () => bot.stop() });
    await bot.bindLeftOver();
    return {
      start: () => bot.start(),
      lost: chat.lost,
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

/** What the bot remembers. */
async function openDocuments(chat: OpenChat) {
  return {
    settings: await chat.document(documents.operatorSettingsDocument),
    progress: await chat.document(documents.progressDocument),
    heard: await chat.document(documents.heardDocument),
    leadMessages: await chat.document(documents.leadMessagesDocument),
    alerts: await chat.document(documents.alertsDocument),
    toldAnswers: await chat.document(documents.toldAnswersDocument),
    drafts: await chat.document(documents.draftsDocument),
    texts: await chat.document(documents.savedTextsDocument),
    conversations: await chat.document(documents.conversationsDocument),
  };
}
