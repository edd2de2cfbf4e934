import { Context } from "grammy";
import { expect, test } from "vitest";
import type { OperatorContext } from "../bot-parts.ts";
import { UpdateWork } from "../intake/update-work.ts";
import type { Document, StoredConversations } from "../documents.ts";
import { CONVERSATION_VERSION } from "../documents.ts";
import { createConversationStorage, dropOutdated, wasConversed } from "./conversation-storage.ts";

function inMemory(): Document<StoredConversations> {
  let value: StoredConversations = {};
  return { get: () => value, update: async (change) => void (value = change(value)) };
}

type WorkedContext = Context & Pick<OperatorContext, "work">;

function contextOf(updateId: number, chatId = 1): WorkedContext {
  const from = { id: chatId, is_bot: false, first_name: "Sara" };
  const chat = { id: chatId, type: "private" as const, first_name: "Sara" };
  const message = { message_id: 1, date: 0, chat, from, text: "hi" };
  const me = { ...from, is_bot: true as const, username: "peyk_bot" };
  // Neither the API nor what the bot can do is used here.
  const update = { update_id: updateId, message };
  const errand = {
    chat: String(chatId),
    from: "operator",
    departs: false,
    turn: "inTurn",
    dialogue: "goesOn",
  } as const;
  const context = new Context(update, Object.create(null), Object.assign(Object.create(null), me));
  return Object.assign(context, { work: new UpdateWork(update, errand) });
}

function adapterOf(document: Document<StoredConversations>): {
  read(context: WorkedContext): unknown;
  write(context: WorkedContext, state: object): Promise<void>;
  delete(context: WorkedContext): Promise<void>;
} {
  const storage = createConversationStorage(document);
  if (storage.type !== "context") throw new Error("conversations are stored by context");
  const { adapter } = storage;
  return {
    read: (context) => adapter.read(context),
    write: async (context, state) => adapter.write(context, Object.assign(Object.create(null), state)),
    delete: async (context) => adapter.delete(context),
  };
}

test("an update that a conversation took is recognised when it comes again, also after the conversation's end", async () => {
  const document = inMemory();
  const adapter = adapterOf(document);
  await adapter.write(contextOf(7), { version: [0, 1] });
  expect(wasConversed(document, contextOf(7).update)).toBe(true);
  expect(wasConversed(document, contextOf(8).update)).toBe(false);
  await adapter.delete(contextOf(8));
  expect(wasConversed(document, contextOf(8).update)).toBe(true);
  expect(adapter.read(contextOf(9))).toBeUndefined();
});

test("what is read can be changed without changing what is stored", async () => {
  const document = inMemory();
  const adapter = adapterOf(document);
  await adapter.write(contextOf(7), { version: [0, 1], state: { a: [] } });
  Object.assign(adapter.read(contextOf(8)) ?? {}, { state: "spoiled" });
  expect(adapter.read(contextOf(8))).toEqual({ version: [0, 1], state: { a: [] } });
});

test("conversations of another version are dropped and their chats named once", async () => {
  const document = inMemory();
  const adapter = adapterOf(document);
  await adapter.write(contextOf(7, 5), { version: [0, 1] });
  await adapter.write(contextOf(8, 6), { version: [0, 1] });
  await document.update((all) => {
    const [first, ...rest] = Object.entries(all);
    if (!first) return all;
    return Object.fromEntries([[first[0], { ...first[1], version: CONVERSATION_VERSION + 1 }], ...rest]);
  });
  expect(await dropOutdated(document)).toEqual([5]);
  expect(await dropOutdated(document)).toEqual([]);
  expect(adapter.read(contextOf(9, 6))).toBeDefined();
});

test("work that ends because Peyk stops leaves the conversation where it stood", async () => {
  const document = inMemory();
  const adapter = adapterOf(document);
  await adapter.write(contextOf(7), { version: [0, 1], state: { a: [] } });
  const stopped = contextOf(8);
  stopped.work.stop("stopping");
  await adapter.delete(stopped);
  expect(adapter.read(contextOf(9))).toEqual({ version: [0, 1], state: { a: [] } });
  expect(wasConversed(document, stopped.update)).toBe(false);
});
