/** What the bot is made of from outside, and what can be asked of it. */
import type { App } from "../app/app.ts";
import type { Update } from "grammy/types";
import type { Clock } from "../lib/clock.ts";
import type { KeepFile } from "../lib/files/made-file.ts";
import type { PriorityLane } from "../lib/pace/priority-lane.ts";
import type { BotLog } from "./bot-log.ts";
import type { SampleList } from "./bot-parts.ts";
import type {
  Alerts,
  Document,
  LeadMessages,
  OperatorSettings,
  ProgressMessages,
  StoredConversations,
  StoredDrafts,
  StoredTexts,
  ToldAnswers,
} from "./documents.ts";
import type { UploadPlace } from "./uploads.ts";
import type { UpdateSpool } from "./intake/update-spool.ts";
import type { Locale } from "../words/locale.ts";

export interface PeykBotOptions {
  readonly token: string;
  /** Default Telegram's own. */
  readonly apiRoot?: string;
  /** Shared with the campaigns that go out through this bot; absent: nothing else is sent with its token. */
  readonly lane?: PriorityLane;
  /** False: the bot has no address that people could open, as in the playground. Default true. */
  readonly isPublic?: boolean;
  readonly app: App;
  readonly defaultLocale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly settings: Document<OperatorSettings>;
  readonly progress: Document<ProgressMessages>;
  /** See {@link ProgressReporterParts}. */
  readonly heard: Document<number>;
  readonly leadMessages: Document<LeadMessages>;
  readonly alerts: Document<Alerts>;
  readonly toldAnswers: Document<ToldAnswers>;
  readonly drafts: Document<StoredDrafts>;
  readonly texts: Document<StoredTexts>;
  readonly conversations: Document<StoredConversations>;
  /** What Telegram gave and what became of it; whoever opened it closes it after the bot has stopped. */
  readonly spool: UpdateSpool;
  /** Keeps an update that is not handled any more; answers where. */
  readonly keepAside: (update: Update) => Promise<string>;
  /** Where files lie while they are read. */
  readonly uploads: UploadPlace;
  /** For what no chat can take. */
  readonly keepFile: KeepFile;
  readonly clock: Clock;
  readonly sample?: SampleList;
  readonly log: BotLog;
  /** Least time between two messages or edits of the bot's own accord in one chat, ms; default 3000. */
  readonly paceMs?: number;
  /** How often running campaigns are looked at when nothing happens, ms; default 30 s. */
  readonly heartbeatMs?: number;
}

export interface PeykBot {
  /** Binds the opt-outs that were taken in and not handled before the last end; to be awaited before anything is sent. */
  bindLeftOver(): Promise<void>;
  /**
   * Listens until stopped. Rejects with a sentence for the operator when Telegram refuses the token (401) or, after some
   * waiting, another instance listens (409).
   */
  start(): Promise<void>;
  /** Resolves when what was in hand is handled or laid back for the next start, and nothing is being sent any more. */
  stop(): Promise<void>;
}
