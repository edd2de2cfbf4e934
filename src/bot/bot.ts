/**
 * The bot: campaign control from a Telegram chat. Owns the chat and nothing else; what an operator can ask for is the
 * application's. Promises that only operators are heard, that an update is handled once, and that commands and buttons
 * work also while a dialogue waits.
 */
import { conversations, createConversation } from "@grammyjs/conversations";
import type { ApiClientOptions, Context, MiddlewareFn } from "grammy";
import { Api, Bot } from "grammy";
import { createDoor } from "./access.ts";
import { Background } from "./background.ts";
import type { PeykBot, PeykBotOptions } from "./bot-options.ts";
import type { BotParts, OperatorContext } from "./bot-parts.ts";
import { announceCommands } from "./commands.ts";
import {
  createConversationStorage,
  dropOutdated,
  wasConversed,
} from "./conversations/conversation-storage.ts";
import { COLLECT, createCollect } from "./conversations/collect.ts";
import { NEW_CAMPAIGN, createNewCampaign } from "./conversations/new-campaign.ts";
import type { Document, StoredConversations } from "./documents.ts";
import { accountsMenu } from "./menus/accounts.ts";
import { beginMenu, dialogueDoors, dialogueGuard } from "./menus/begin.ts";
import { campaignButtonMenu } from "./menus/campaign-buttons.ts";
import { campaignCommands } from "./menus/campaign-commands.ts";
import { campaignsMenu } from "./menus/campaigns.ts";
import { leadsMenu } from "./menus/leads.ts";
import { otherwiseMenu } from "./menus/otherwise.ts";
import { syncMenu } from "./menus/sync.ts";
import { subscribersMenu } from "./menus/subscribers.ts";
import { doNotSendMenu } from "./menus/do-not-send.ts";
import { settingsMenu } from "./menus/settings.ts";
import { uncertainMenu } from "./menus/uncertain.ts";
import { throughLane } from "./lane-fetch.ts";
import { OperatorBook } from "./operator-book.ts";
import { problemOf } from "./outgoing-lane.ts";
import { LeadReporter } from "./progress/lead-reporter.ts";
import { ProgressReporter } from "./progress/progress-reporter.ts";
import type { BotFetch } from "./retrying-fetch.ts";
import { createRetryingFetch, plainFetch } from "./retrying-fetch.ts";
import { SeenUpdateIds } from "./seen-updates.ts";
import { UploadFolder } from "./uploads.ts";
import type { Lexicon } from "../words/words.ts";
import { createLexicon } from "../words/words.ts";

const TELEGRAM_API = "https://api.telegram.org";
/** `my_chat_member` tells who blocked the bot. */
const HEARD = ["message", "callback_query", "my_chat_member"] as const;
const PACE_MS = 3000;
const HEARTBEAT_MS = 30_000;

/** Makes the bot. It hears the application's events from now on and speaks from {@link PeykBot.start} on. */
export function createPeykBot(options: PeykBotOptions): PeykBot {
  const lexicon = createLexicon(options);
  const bot = new Bot<OperatorContext>(options.token, {
    client: clientOf(options, createRetryingFetch(options.clock, laneFetch(options))),
  });
  const background = new Background(options.log);
  const link = (): string | undefined =>
    options.isPublic === false || !bot.isInited() ? undefined : `https://t.me/${bot.botInfo.username}`;
  const parts = createParts(options, { lexicon, background, link });
  assemble(bot, parts, options);
  bot.catch(async ({ error, ctx }) => {
    options.log.error({ update: ctx.update.update_id, problem: problemOf(error) }, "an update failed");
    if (parts.operators.isOperator(ctx.from?.id)) await apologise(ctx, parts).catch(() => undefined);
  });
  return lifeOf(bot, parts, { options, lexicon, background });
}

function clientOf({ apiRoot = TELEGRAM_API }: PeykBotOptions, fetch: BotFetch): ApiClientOptions {
  return { apiRoot, timeoutSeconds: 60, fetch };
}

/** Below everything else, so that each try of a call waits for its own turn. */
function laneFetch({ lane, operatorIds }: PeykBotOptions): BotFetch {
  if (!lane) return plainFetch;
  return throughLane({ lane, isOperator: (chatId) => operatorIds.includes(chatId) }, plainFetch);
}

type Made = Pick<BotParts, "link"> & { readonly lexicon: Lexicon; readonly background: Background };

function createParts(options: PeykBotOptions, { lexicon, background, link }: Made): BotParts {
  const { app, clock, log, token, apiRoot = TELEGRAM_API, sample } = options;
  const operators = new OperatorBook({ ...options, lexicon });
  const api = new Api(token, clientOf(options, laneFetch(options)));
  const paceMs = options.paceMs ?? PACE_MS;
  return {
    app,
    operators,
    clock,
    log,
    reporter: new ProgressReporter({
      ...options,
      operators,
      link,
      api,
      paceMs,
      heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    }),
    leadReporter: new LeadReporter({ ...options, leads: app.leads, operators, api, paceMs }),
    seen: new SeenUpdateIds(options.seenUpdates),
    uploads: new UploadFolder({ folder: options.uploadsDir, apiRoot, token, clock }),
    link,
    inBackground: (task) => background.start(task),
    ...(sample ? { sample } : {}),
  };
}

/** The order matters: whatever must always work stands before the conversation, which keeps all it is given. */
function assemble(bot: Bot<OperatorContext>, parts: BotParts, options: PeykBotOptions): void {
  bot.use(once(parts.seen, options.conversations));
  bot.use(createDoor(parts));
  bot.use(
    conversations<OperatorContext, Context>({ storage: createConversationStorage(options.conversations) }),
  );
  bot.use(beginMenu(parts), campaignsMenu(parts), settingsMenu(parts));
  bot.use(doNotSendMenu(parts), subscribersMenu(parts), accountsMenu(parts), syncMenu(parts));
  bot.use(campaignCommands(parts), campaignButtonMenu(parts), uncertainMenu(parts), leadsMenu(parts));
  bot.use(dialogueGuard());
  bot.use(createConversation<OperatorContext, Context>(createNewCampaign(parts), { id: NEW_CAMPAIGN }));
  bot.use(createConversation<OperatorContext, Context>(createCollect(parts), { id: COLLECT }));
  bot.use(dialogueDoors(parts), otherwiseMenu());
}

/** Long polling delivers an unconfirmed batch again after a crash; each update is handled once. */
function once(seen: SeenUpdateIds, stored: Document<StoredConversations>): MiddlewareFn<OperatorContext> {
  return async (context, next) => {
    const id = context.update.update_id;
    if (seen.has(id) || wasConversed(stored, context)) return;
    await next();
    await seen.add(id);
  };
}

async function apologise(context: OperatorContext, parts: BotParts): Promise<void> {
  const chatId = context.chat?.id;
  if (context.callbackQuery) await context.answerCallbackQuery().catch(() => undefined);
  if (chatId === undefined || context.from === undefined) return;
  await parts.seen.add(context.update.update_id);
  await context.api.sendMessage(chatId, parts.operators.wordsFor(context.from.id).say("went-wrong"));
}

interface Surroundings {
  readonly options: PeykBotOptions;
  readonly lexicon: Lexicon;
  readonly background: Background;
}

function lifeOf(
  bot: Bot<OperatorContext>,
  parts: BotParts,
  { options, lexicon, background }: Surroundings,
): PeykBot {
  let polling: Promise<void> | undefined;
  let isStopping = false;
  const prepare = async (): Promise<void> => {
    await parts.uploads.prune();
    await announceCommands(bot.api, lexicon, parts.operators).catch((error: unknown) =>
      options.log.warn({ problem: problemOf(error) }, "the commands could not be announced"),
    );
    await parts.reporter.open();
    parts.leadReporter.open();
    for (const chatId of await dropOutdated(options.conversations))
      await bot.api
        .sendMessage(chatId, parts.operators.wordsFor(chatId).say("dialogue-lost"))
        .catch((error: unknown) =>
          options.log.warn({ problem: problemOf(error) }, "a chat could not be told"),
        );
  };
  return {
    async start() {
      await prepare();
      if (isStopping) return;
      polling = bot.start({ allowed_updates: HEARD, drop_pending_updates: false });
      // Stopped while it waits after a failed poll, grammY rejects with the aborted wait.
      await polling.catch((error: unknown) => {
        if (!isStopping) throw error;
      });
    },
    async stop() {
      isStopping = true;
      // Telegram is told how far we read. Where it can't be reached, what comes again at the next start is known by then.
      await bot
        .stop()
        .catch((error: unknown) =>
          options.log.warn({ problem: problemOf(error) }, "Telegram was not told that the bot stops"),
        );
      await polling?.catch(() => undefined);
      await background.idle();
      await Promise.all([parts.reporter.close(), parts.leadReporter.close()]);
    },
  };
}
