/** What the menus, the conversations and the reporter share. */
import type { ConversationFlavor } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { App } from "../app/app.ts";
import type { Clock } from "../lib/clock.ts";
import type { KeepFile } from "../lib/files/made-file.ts";
import type { BotLog } from "./bot-log.ts";
import type { OperatorBook } from "./operator-book.ts";
import type { KeptDrafts } from "./kept-drafts.ts";
import type { SavedTexts } from "./saved-texts.ts";
import type { AnswerTeller } from "./progress/answer-teller.ts";
import type { WebhookTeller } from "./progress/webhook-teller.ts";
import type { StoreTeller } from "./progress/store-teller.ts";
import type { Alerter } from "./progress/alerter.ts";
import type { LeadReporter } from "./progress/lead-reporter.ts";
import type { ProgressReporter } from "./progress/progress-reporter.ts";
import type { UpdateWork } from "./intake/update-work.ts";
import type { Uploads } from "./uploads.ts";
import type { Words } from "../words/words.ts";

/** A list that comes with Peyk, for a first campaign without any preparation. */
export interface SampleList {
  readonly listPath: string;
  readonly listName: string;
}

export interface BotParts {
  readonly app: App;
  readonly operators: OperatorBook;
  readonly reporter: ProgressReporter;
  readonly leadReporter: LeadReporter;
  readonly alerter: Alerter;
  readonly storeTeller: StoreTeller;
  readonly answerTeller: AnswerTeller;
  readonly webhookTeller: WebhookTeller;
  readonly seen: {
    /** Marks an update as handled before it is; on disk when it resolves, so that a crash can't repeat what follows. */
    add(this: void, updateId: number): Promise<void>;
  };
  readonly uploads: Uploads;
  /** For what no chat can take. */
  readonly keepFile: KeepFile;
  readonly keptDrafts: KeptDrafts;
  readonly savedTexts: SavedTexts;
  readonly clock: Clock;
  readonly log: BotLog;
  readonly sample?: SampleList;
  /** The bot's address to share, `https://t.me/<bot>`; undefined where people can't open it. */
  link(this: void): string | undefined;
  /** Chats of people who are being told that they are out: before other answers. */
  readonly leaving: Set<number>;
  /** Runs something on beside the handling of updates; `stop` waits for it and a failure is logged. */
  inBackground(this: void, task: () => Promise<void>): void;
}

/** The context of every update from an operator. */
export type OperatorContext = ConversationFlavor<Context> & {
  words: Words;
  operatorId: number;
  /** The update in hand: whether its outcome is still wanted, and who may go on meanwhile. */
  work: UpdateWork;
};
