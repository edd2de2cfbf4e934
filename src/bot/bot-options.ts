/** What the bot is made of from outside, and what can be asked of it. */
import type { App } from "../app/app.ts";
import type { Clock } from "../lib/clock.ts";
import type { PriorityLane } from "../lib/priority-lane.ts";
import type { BotLog } from "./bot-log.ts";
import type { SampleList } from "./bot-parts.ts";
import type {
  Document,
  LeadMessages,
  OperatorSettings,
  ProgressMessages,
  SeenUpdates,
  StoredConversations,
} from "./documents.ts";
import type { Locale } from "../words/words.ts";

export interface PeykBotOptions {
  readonly token: string;
  /** Default Telegram's own. */
  readonly apiRoot?: string;
  /** Shared with the campaigns that go out through this bot; absent: nothing else is sent with its token. */
  readonly lane?: PriorityLane;
  /** False: the bot has no address that people could open, as in the playground. Default true. */
  readonly isPublic?: boolean;
  readonly app: App;
  /** The first is the owner, who hears of campaigns that no operator started. */
  readonly operatorIds: readonly number[];
  readonly defaultLocale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly settings: Document<OperatorSettings>;
  readonly progress: Document<ProgressMessages>;
  readonly leadMessages: Document<LeadMessages>;
  readonly conversations: Document<StoredConversations>;
  readonly seenUpdates: Document<SeenUpdates>;
  /** Where files lie while they are read; made when missing. */
  readonly uploadsDir: string;
  readonly clock: Clock;
  readonly sample?: SampleList;
  readonly log: BotLog;
  /** Least time between two messages or edits of the bot's own accord in one chat, ms; default 3000. */
  readonly paceMs?: number;
  /** How often running campaigns are looked at when nothing happens, ms; default 30 s. */
  readonly heartbeatMs?: number;
}

export interface PeykBot {
  /** Listens until stopped. Rejects when Telegram refuses the token (401) or another instance listens (409). */
  start(): Promise<void>;
  /** Resolves when the update under way is handled and nothing is being sent any more. */
  stop(): Promise<void>;
}
