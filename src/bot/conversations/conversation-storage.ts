/** Where open conversations are kept between two updates, and across restarts. */
import type { ConversationStorage, ConversationData, VersionedState } from "@grammyjs/conversations";
import type { Context } from "grammy";
import { CONVERSATION_VERSION } from "../documents.ts";
import type { Document, StoredConversations } from "../documents.ts";

/** The key under which an operator's conversation in a chat is kept. */
export function conversationKey(context: Context): string {
  return `${context.chat?.id ?? 0}:${context.from?.id ?? 0}`;
}

/**
 * Stores conversations in a document. Each write names the update that led to it, in the same step: an update that
 * comes again after a crash is recognised even when nothing else about it was written.
 */
export function createConversationStorage<C extends Context>(
  document: Document<StoredConversations>,
): ConversationStorage<C, ConversationData> {
  const write = async (context: C, state?: VersionedState<ConversationData>): Promise<void> => {
    const entry = { version: CONVERSATION_VERSION, updateId: context.update.update_id };
    await document.update((all) => ({
      ...all,
      [conversationKey(context)]: state === undefined ? entry : { ...entry, state },
    }));
  };
  return {
    type: "context",
    version: CONVERSATION_VERSION,
    adapter: {
      read: (context) => structuredClone(document.get()[conversationKey(context)]?.state),
      write,
      delete: (context) => write(context),
    },
  };
}

/** Tells whether this update was handled up to and including its conversation. */
export function wasConversed(document: Document<StoredConversations>, context: Context): boolean {
  return document.get()[conversationKey(context)]?.updateId === context.update.update_id;
}

/** Drops conversations that another version of Peyk left; answers the chats they were in. */
export async function dropOutdated(document: Document<StoredConversations>): Promise<readonly number[]> {
  const outdated = Object.entries(document.get()).filter(([, one]) => one.version !== CONVERSATION_VERSION);
  if (outdated.length === 0) return [];
  const keys = new Set(outdated.map(([key]) => key));
  await document.update((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !keys.has(key))));
  return outdated.filter(([, { state }]) => state !== undefined).map(([key]) => Number(key.split(":")[0]));
}
