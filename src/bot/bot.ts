/**
 * The bot: campaign control from a Telegram chat. Owns the chat and nothing else; what an operator can ask for is the
 * application's. Promises that only operators are heard, that an update is handled once, that what binds at receipt waits
 * for nothing, and that commands and buttons work also while a dialogue waits.
 */
import { conversations, createConversation } from "@grammyjs/conversations";
import type { ApiClientOptions, Context } from "grammy";
import { Api, Bot } from "grammy";
import { campaignMeant } from "../app/campaigns/campaign-id.ts";
import { createDoor } from "./public/access.ts";
import { Background } from "./background.ts";
import type { PeykBot, PeykBotOptions } from "./bot-options.ts";
import type { BotParts, OperatorContext } from "./bot-parts.ts";
import { createDeparting } from "./public/departing.ts";
import { createLife } from "./bot-life.ts";
import {
  conversationKey,
  createConversationStorage,
  isConversing,
  wasConversed,
} from "./conversations/conversation-storage.ts";
import { WELCOME, createWelcomeDialogue } from "./conversations/welcome.ts";
import { AUDIENCE, createAudience } from "./conversations/audience.ts";
import { CHANGE, createChange } from "./conversations/change.ts";
import { COLLECT, createCollect } from "./conversations/collect.ts";
import { NEW_CAMPAIGN, createNewCampaign } from "./conversations/new-campaign.ts";
import { OPT_OUTS, createOptOuts } from "./conversations/opt-outs.ts";
import type { Document, StoredConversations } from "./documents.ts";
import { departureIn } from "./intake/departure.ts";
import { cancelledIn, errandOf } from "./intake/errand.ts";
import { Intake } from "./intake/intake.ts";
import { createIntakeWords } from "./intake/intake-words.ts";
import { Works } from "./intake/works.ts";
import { accountsMenu } from "./menus/accounts.ts";
import { alertsMenu } from "./menus/alerts.ts";
import { beginMenu, dialogueDoors, dialogueGuard } from "./menus/begin.ts";
import { campaignButtonMenu } from "./menus/campaigns/campaign-buttons.ts";
import { campaignCommands } from "./menus/campaigns/campaign-commands.ts";
import { typedStartMenu } from "./menus/campaigns/typed-start.ts";
import { campaignsMenu } from "./menus/campaigns/campaigns.ts";
import { leadsMenu } from "./menus/leads.ts";
import { otherwiseMenu } from "./menus/otherwise.ts";
import { webhooksMenu } from "./menus/hooks/webhooks.ts";
import { WebhookTeller } from "./progress/webhook-teller.ts";
import { tokensMenu } from "./menus/hooks/tokens.ts";
import { syncMenu } from "./menus/sync.ts";
import { subscribersMenu } from "./menus/subscribers.ts";
import { backupMenu } from "./menus/backup.ts";
import { doNotSendListMenu } from "./menus/do-not-send-list.ts";
import { doNotSendMenu } from "./menus/do-not-send.ts";
import { audiencesMenu } from "./menus/audiences/audiences.ts";
import { tagsMenu } from "./menus/audiences/tags.ts";
import { editedReplies } from "./menus/answers/edited-reply.ts";
import { replyMenu } from "./menus/answers/reply.ts";
import { answersMenu } from "./menus/answers/answers.ts";
import { historyMenu } from "./menus/history.ts";
import { growthMenu } from "./menus/growth.ts";
import { welcomeMenu } from "./menus/welcome.ts";
import { approvalMenu } from "./menus/approval/approval.ts";
import { rolesMenu } from "./menus/roles/roles.ts";
import { fittingButtons } from "./roles/fitting-buttons.ts";
import { roleGate } from "./roles/role-gate.ts";
import { whoMenu } from "./menus/who/who.ts";
import { settingsMenu } from "./menus/settings.ts";
import { uncertainAllMenu } from "./menus/campaigns/uncertain-all.ts";
import { uncertainMenu } from "./menus/campaigns/uncertain.ts";
import { leftDialogue, ownWords } from "./menus/own-words.ts";
import { unknownCommandMenu } from "./menus/unknown-commands.ts";
import { throughLane } from "./calls/lane-fetch.ts";
import { OperatorBook } from "./operator-book.ts";
import { AnswerTeller } from "./progress/answer-teller.ts";
import { StoreTeller } from "./progress/store-teller.ts";
import { Alerter } from "./progress/alerter.ts";
import { KeptDrafts } from "./kept-drafts.ts";
import { SavedTexts } from "./saved-texts.ts";
import { textsMenu } from "./menus/texts.ts";
import { LeadReporter } from "./progress/lead-reporter.ts";
import { ProgressReporter } from "./progress/progress-reporter.ts";
import type { BotFetch } from "./calls/retrying-fetch.ts";
import { createRetryingFetch } from "./calls/retrying-fetch.ts";
import { createTimedFetch } from "./calls/timed-fetch.ts";
import { Uploads } from "./uploads.ts";
import type { Lexicon } from "../words/words.ts";
import { createLexicon } from "../words/words.ts";

const TELEGRAM_API = "https://api.telegram.org";
/** grammY's own time limit counts waits too, so it never ends a call (Node's longest timer, 24 days); each try has its own. */
const NEVER_S = 2_000_000;
const PACE_MS = 3000;
const HEARTBEAT_MS = 30_000;

/** Makes the bot. It hears the application's events from now on and speaks from {@link PeykBot.start} on. */
export function createPeykBot(options: PeykBotOptions): PeykBot {
  const lexicon = createLexicon(options);
  const closing = new AbortController();
  const { clock } = options;
  const leaving = new Set<number>();
  const base = laneFetch(options, leaving);
  const fetch = createRetryingFetch({ clock, base, signal: closing.signal });
  const bot = new Bot<OperatorContext>(options.token, { client: clientOf(options, fetch) });
  const background = new Background(options.log);
  const link = (): string | undefined =>
    options.isPublic === false || !bot.isInited() ? undefined : `https://t.me/${bot.botInfo.username}`;
  const parts = createParts(options, { lexicon, background, link, leaving });
  const works = new Works();
  assemble(bot, { parts, options, works });
  const intake = createIntake(bot, { parts, options, works });
  const unrepeated = new Api(options.token, clientOf(options, laneFetch(options)));
  return createLife({ bot, api: unrepeated, parts, options, lexicon, background, intake, closing });
}

function clientOf({ apiRoot = TELEGRAM_API }: PeykBotOptions, fetch: BotFetch): ApiClientOptions {
  return { apiRoot, timeoutSeconds: NEVER_S, fetch };
}

/** Below everything else, so that each try of a call waits for its own turn, and no wait counts as the call's time. */
function laneFetch({ lane, app }: PeykBotOptions, leaving?: ReadonlySet<number>): BotFetch {
  const base = createTimedFetch();
  if (!lane) return base;
  const isOperator = (chatId: number): boolean => app.team.roleOf(chatId) !== undefined;
  return throughLane({ lane, isOperator, isLeaving: (chatId) => leaving?.has(chatId) ?? false }, base);
}

type Made = Pick<BotParts, "link" | "leaving"> & {
  readonly lexicon: Lexicon;
  readonly background: Background;
};

function createParts(options: PeykBotOptions, { lexicon, background, link, leaving }: Made): BotParts {
  const { app, clock, log, token, apiRoot = TELEGRAM_API, sample, spool } = options;
  const operators = new OperatorBook({ ...options, lexicon, team: app.team });
  const api = new Api(token, clientOf(options, laneFetch(options)));
  api.config.use(fittingButtons((id, right) => operators.may(id, right)));
  const uploads = new Uploads({ place: options.uploads, apiRoot, token, clock });
  const paceMs = options.paceMs ?? PACE_MS;
  const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
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
      heartbeatMs,
    }),
    leadReporter: new LeadReporter({ ...options, leads: app.leads, operators, api, paceMs }),
    alerter: new Alerter({ ...options, operators, api, paceMs, heartbeatMs }),
    storeTeller: new StoreTeller({ ...options, operators, api }),
    webhookTeller: new WebhookTeller({ ...options, operators, api, paceMs }),
    answerTeller: new AnswerTeller({ ...options, operators, api, paceMs }),
    seen: { add: (updateId) => spool.done(updateId) },
    uploads,
    keepFile: options.keepFile,
    keptDrafts: new KeptDrafts({ ...options, uploads }),
    savedTexts: new SavedTexts(options),
    link,
    leaving,
    inBackground: (task) => background.start(task),
    ...(sample ? { sample } : {}),
  };
}

interface Assembled {
  readonly parts: BotParts;
  readonly options: PeykBotOptions;
  readonly works: Works;
}

/** The order matters: whatever must always work stands before the conversation, which keeps all it is given. */
function assemble(bot: Bot<OperatorContext>, { parts, options, works }: Assembled): void {
  const { conversations: stored } = options;
  bot.use(works.middleware());
  bot.api.config.use(fittingButtons((id, right) => parts.operators.may(id, right)));
  bot.use(editedReplies(parts), createDoor(parts), roleGate(parts));
  bot.use(ownWords(), leftDialogue(stored));
  bot.use(conversations<OperatorContext, Context>({ storage: createConversationStorage(stored) }));
  bot.use(beginMenu(parts), campaignsMenu(parts), settingsMenu(parts), alertsMenu(parts));
  bot.use(
    textsMenu(parts),
    doNotSendMenu(parts),
    doNotSendListMenu(parts),
    backupMenu(parts),
    whoMenu(parts),
    audiencesMenu(parts),
    tagsMenu(parts),
    replyMenu(parts),
    welcomeMenu(parts),
    answersMenu(parts),
    historyMenu(parts),
    rolesMenu(parts),
    approvalMenu(parts),
    subscribersMenu(parts),
    growthMenu(parts),
    accountsMenu(parts),
    syncMenu(parts),
    tokensMenu(parts),
    webhooksMenu(parts),
  );
  bot.use(
    campaignCommands(parts),
    campaignButtonMenu(parts),
    typedStartMenu(parts),
    uncertainMenu(parts),
    uncertainAllMenu(parts),
    leadsMenu(parts),
  );
  bot.use(
    unknownCommandMenu(),
    dialogueGuard((context, door) => leaveDialogue(parts, stored, context, door)),
  );
  bot.use(createConversation<OperatorContext, Context>(createNewCampaign(parts), { id: NEW_CAMPAIGN }));
  bot.use(createConversation<OperatorContext, Context>(createCollect(parts), { id: COLLECT }));
  bot.use(createConversation<OperatorContext, Context>(createOptOuts(parts), { id: OPT_OUTS }));
  bot.use(createConversation<OperatorContext, Context>(createWelcomeDialogue(parts), { id: WELCOME }));
  bot.use(createConversation<OperatorContext, Context>(createAudience(parts), { id: AUDIENCE }));
  bot.use(createConversation<OperatorContext, Context>(createChange(parts), { id: CHANGE }));
  bot.use(dialogueDoors(parts), otherwiseMenu());
}

/**
 * A dialogue that is left without its end doesn't come back to the files that were sent to it; a campaign in the making
 * does, unless another one is begun in its place.
 */
async function leaveDialogue(
  { uploads, keptDrafts }: BotParts,
  stored: Document<StoredConversations>,
  { update, conversation, operatorId }: OperatorContext,
  door: string,
): Promise<void> {
  if (conversation.active(NEW_CAMPAIGN) > 0) {
    if (!/^(?:new|sample|use-|aud-|write-|again-)/.test(door)) return;
    await keptDrafts.drop(operatorId);
  }
  await uploads.forget(JSON.stringify(stored.get()[conversationKey(update)]?.state ?? ""));
}

function createIntake(bot: Bot<OperatorContext>, { parts, options, works }: Assembled): Intake {
  const { spool, clock, log, conversations: stored, app } = options;
  const { operators } = parts;
  const facts = {
    isOperator: (id: number) => operators.isOperator(id),
    isStop: (text: string) => app.subscribers.isStop(text),
  };
  return new Intake({
    spool,
    clock,
    log,
    async errandOf(update) {
      const named = cancelledIn(update);
      const isCampaign = named !== undefined && campaignMeant(await app.campaigns(), named) !== undefined;
      return errandOf(update, { ...facts, isCampaign: () => isCampaign });
    },
    depart: createDeparting(app.subscribers, (update) => departureIn(update, facts)),
    isDialogueOpen: (update) => isConversing(stored, update),
    async handle(work) {
      // The conversation is on disk with the update that led to it; only the mark behind it was missing.
      if (!wasConversed(stored, work.update)) await works.handle(bot, work);
    },
    ...createIntakeWords({ ...parts, api: bot.api, keepAside: options.keepAside }),
  });
}
