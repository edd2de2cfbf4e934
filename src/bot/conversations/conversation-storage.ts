/** Where open conversations are kept between two updates, and across restarts. */
import type { ConversationStorage, ConversationData, VersionedState } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { Update } from "grammy/types";
import type { OperatorContext } from "../bot-parts.ts";
import { CONVERSATION_VERSION } from "../documents.ts";
import type { Document, StoredConversations } from "../documents.ts";

/** The key under which an operator's conversation in a chat is kept. */
export function conversationKey({ message, callback_query: press }: Update): string {
  return `${(message ?? press?.message)?.chat.id ?? 0}:${(message ?? press)?.from?.id ?? 0}`;
}

/**
 * Stores conversations in a document. Each write names the update that led to it, in the same step: an update that
 * comes again after a crash is recognised even when nothing else about it was written. Work that ends because Peyk stops
 * writes nothing: its update is handled again from where the conversation stood.
 */
export function createConversationStorage<C extends Context & Pick<OperatorContext, "work">>(
  document: Document<StoredConversations>,
): ConversationStorage<C, ConversationData> {
  const write = async (context: C, state?: VersionedState<ConversationData>): Promise<void> => {
    if (context.work.end === "stopping") return;
    const entry = { version: CONVERSATION_VERSION, updateId: context.update.update_id };
    await document.update((all) => ({
      ...all,
      [conversationKey(context.update)]: state === undefined ? entry : { ...entry, state },
    }));
  };
  return {
    type: "context",
    version: CONVERSATION_VERSION,
    adapter: {
      read: (context) => structuredClone(document.get()[conversationKey(context.update)]?.state),
      write,
      delete: (context) => write(context),
    },
  };
}

/** Tells whether this update was handled up to and including its conversation. */
export function wasConversed(document: Document<StoredConversations>, update: Update): boolean {
  return document.get()[conversationKey(update)]?.updateId === update.update_id;
}

/** Tells whether a conversation waits where the update comes from. */
export function isConversing(document: Document<StoredConversations>, update: Update): boolean {
  return document.get()[conversationKey(update)]?.state !== undefined;
}

/** Drops conversations that another version of Peyk left; answers the chats they were in. */
export async function dropOutdated(document: Document<StoredConversations>): Promise<readonly number[]> {
  const outdated = Object.entries(document.get()).filter(([, one]) => one.version !== CONVERSATION_VERSION);
  if (outdated.length === 0) return [];
  const keys = new Set(outdated.map(([key]) => key));
  await document.update((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !keys.has(key))));
  return outdated.filter(([, { state }]) => state !== undefined).map(([key]) => Number(key.split(":")[0]));
}
