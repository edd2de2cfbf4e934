import { OwnReplyBook, isOpenReply } from "../../src/domain/people/own-reply.ts";
import type { OwnReplyStore } from "../../src/storage/ports/own-replies.ts";

/** Replies that are forgotten with the test. @param effect Called before each of its effects; it may throw */
export function createMemoryOwnReplies(
  book = new OwnReplyBook(),
  effect: (what: string) => void = () => undefined,
): OwnReplyStore {
  const apply = (entry: Parameters<OwnReplyBook["apply"]>[0]): boolean => {
    effect(entry.t);
    return book.apply(entry);
  };
  return {
    ask: async (reply) => apply({ t: "ask", ...reply }),
    get: async (id) => book.get(id),
    to: async (answer) => book.all().filter((one) => one.answer === answer),
    open: async () => book.all().filter(isOpenReply),
    claim: async (id, at) => apply({ t: "claim", id, at }),
    settle: async (id, ending, at) => apply({ t: "end", id, ending, at }),
    told: async (id, at) => void apply({ t: "told", id, at }),
    erase: async (answers) => book.erase(new Set(answers)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
