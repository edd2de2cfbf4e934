/** What the bot keeps on disk between two starts: shapes and versions of its documents. */
import type { ConversationData, VersionedState } from "@grammyjs/conversations";
import { z } from "zod";
import type { DraftExtras } from "../app/drafts/draft.ts";
import type { DraftState } from "./conversations/draft-state.ts";
import { locales } from "../words/locale.ts";

/** The part of a stored document that the bot uses; a change is on disk when `update` resolves. */
export interface Document<T> {
  get(): T;
  update(change: (value: T) => T): Promise<T | void>;
}

/** A document's name under the data folder, its version, its shape and what it is before anything was written. */
export interface DocumentDescription<T> {
  readonly name: string;
  readonly version: number;
  readonly schema: z.ZodType<T>;
  readonly initial: T;
}

/** How much the log writes into a chat: nothing, what matters, or every name. */
export const verbosities = ["off", "important", "all"] as const;
export type Verbosity = (typeof verbosities)[number];

const hour = z.int().min(0).max(23);
const quietSchema = z.object({ from: hour, to: hour });

/** Full hours of every day between which an operator hears of nothing that has stopped. */
export type QuietHours = z.infer<typeof quietSchema>;

const operatorSchema = z.object({
  /** Chosen with /language; binds before what Telegram says. */
  chosen: z.enum(locales).optional(),
  /** What the operator's Telegram last said. */
  telegram: z.enum(locales).optional(),
  verbosity: z.enum(verbosities).optional(),
  /** What they call themselves in Telegram. */
  name: z.string().optional(),
  quiet: quietSchema.optional(),
});

/** Settings of each operator, by Telegram id. */
export type OperatorSettings = Readonly<Record<string, z.infer<typeof operatorSchema>>>;

export const operatorSettingsDocument: DocumentDescription<OperatorSettings> = {
  name: "operators",
  version: 1,
  schema: z.record(z.string(), operatorSchema),
  initial: {},
};

const followedSchema = z.object({
  campaignId: z.string(),
  chatId: z.number().int(),
  /** The message that is edited in place; absent until it was sent. */
  messageId: z.number().int().optional(),
  /** The summary of its end was sent. */
  summarised: z.boolean(),
  /** Further messages with a button that leads to its uncertain recipients. */
  uncertainIn: z.array(z.number().int()).optional(),
});

/** One chat that follows one campaign. */
export type Followed = z.infer<typeof followedSchema>;

/** Who follows which campaign, and in which message. */
export type ProgressMessages = readonly Followed[];

export const progressDocument: DocumentDescription<ProgressMessages> = {
  name: "progress-messages",
  version: 1,
  schema: z.array(followedSchema),
  initial: [],
};

/** Number of the last event that the chats were told of. */
export const heardDocument: DocumentDescription<number> = {
  name: "heard-events",
  version: 1,
  schema: z.number(),
  initial: 0,
};

const followedLeadsSchema = z.object({
  list: z.string(),
  chatId: z.number().int(),
  /** The message that is edited in place; absent until it was sent. */
  messageId: z.number().int().optional(),
  /** Number of the last request whose end was told. */
  toldEnd: z.number().int().optional(),
});

/** One chat that follows one list of leads. */
export type FollowedLeads = z.infer<typeof followedLeadsSchema>;

/** Who follows which list, and in which message. */
export type LeadMessages = readonly FollowedLeads[];

export const leadMessagesDocument: DocumentDescription<LeadMessages> = {
  name: "lead-messages",
  version: 1,
  schema: z.array(followedLeadsSchema),
  initial: [],
};

/** Number of the last answer that each operator was told of, by the operator's Telegram id. */
export type ToldAnswers = Readonly<Record<string, number>>;

export const toldAnswersDocument: DocumentDescription<ToldAnswers> = {
  name: "told-answers",
  version: 1,
  schema: z.record(z.string(), z.int().nonnegative()),
  initial: {},
};

const toldSchema = z.object({
  chatId: z.number().int(),
  campaignId: z.string(),
  /** Of the stop that was told last; empty while none was. */
  key: z.string(),
  kind: z.string(),
  /** How often; 0 while it is only about to be told. */
  times: z.int().nonnegative(),
  at: z.number(),
  /** Key of the stop whose telling began and of which it is not known whether it arrived. */
  telling: z.string().optional(),
  /** When it was told of stops of other kinds, ms since the epoch; absent: not within an hour before, or by an older version. */
  others: z.record(z.string(), z.number()).optional(),
});

/** What one chat was told of one campaign that stopped. */
export type ToldAlert = z.infer<typeof toldSchema>;

export type Alerts = readonly ToldAlert[];

export const alertsDocument: DocumentDescription<Alerts> = {
  name: "alerts",
  version: 1,
  schema: z.array(toldSchema),
  initial: [],
};

/**
 * Rises whenever the operations of a conversation change in number or order: a conversation stored by another version
 * can't be replayed, so it is dropped and its operator told.
 */
export const CONVERSATION_VERSION = 5;

/** Rises whenever what a dialogue collects changes so that it could not be gone on with. */
export const DRAFT_VERSION = 1;

const draftSchema = z.object({
  version: z.int(),
  /** When it was kept last, ms since the epoch. */
  at: z.number(),
  /** Since when its list is stored. */
  since: z.number(),
  /** Name of the step that comes next. */
  step: z.string(),
  /** Plain values, as the dialogue has them. */
  state: z.custom<DraftState>((value) => typeof value === "object" && value !== null),
});

/** What one operator was preparing. */
export type KeptDraft = z.infer<typeof draftSchema>;

/** By the operator's Telegram id. */
export type StoredDrafts = Readonly<Record<string, KeptDraft>>;

export const draftsDocument: DocumentDescription<StoredDrafts> = {
  name: "drafts",
  version: 1,
  schema: z.record(z.string(), draftSchema),
  initial: {},
};

const savedTextSchema = z.object({
  name: z.string(),
  message: z.string(),
  /** Format and buttons, as the dialogue has them. */
  extras: z.custom<Omit<DraftExtras, "attachment">>((value) => typeof value === "object" && value !== null),
  /** Who saved it, as they call themselves. */
  by: z.string(),
  /** ms since the epoch. */
  at: z.number(),
});

/** A message to be used again. */
export type SavedText = z.infer<typeof savedTextSchema>;

export type StoredTexts = readonly SavedText[];

export const savedTextsDocument: DocumentDescription<StoredTexts> = {
  name: "saved-texts",
  version: 1,
  schema: z.array(savedTextSchema),
  initial: [],
};

const conversationSchema = z.object({
  version: z.number().int(),
  /** The update whose handling wrote this. */
  updateId: z.number().int(),
  /** As the conversations plugin keeps it, never looked into here; absent when no conversation is open. */
  state: z.custom<VersionedState<ConversationData>>((value) => typeof value === "object").optional(),
});

/** The open conversation of each chat and operator. */
export type StoredConversations = Readonly<Record<string, z.infer<typeof conversationSchema>>>;

export const conversationsDocument: DocumentDescription<StoredConversations> = {
  name: "conversations",
  version: 1,
  schema: z.record(z.string(), conversationSchema),
  initial: {},
};

/** Ids of updates that were handled, as versions before the spool of updates remembered them; only read. */
export type SeenUpdates = readonly number[];

export const seenUpdatesDocument: DocumentDescription<SeenUpdates> = {
  name: "seen-updates",
  version: 1,
  schema: z.array(z.number().int()),
  initial: [],
};
