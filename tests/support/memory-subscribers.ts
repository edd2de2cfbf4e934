import type { SubscriberChange } from "../../src/domain/people/growth.ts";
import { changeBetween } from "../../src/domain/people/growth.ts";
import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import { SubscriberBook } from "../../src/domain/people/subscriber.ts";
import type { FileSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";

/** Subscribers that are forgotten with the test. */
export function createMemorySubscribers(given: readonly Subscriber[] = []): FileSubscriberStore {
  const book = new SubscriberBook();
  const changes: SubscriberChange[] = [];
  const put = (one: Subscriber): void => {
    const change = changeBetween(book.get(one.id), one);
    if (change) changes.push(change);
    book.put(one);
  };
  for (const one of given) put(one);
  return {
    get: async (id) => book.get(id),
    find: async (name) => book.find(name),
    stored: (name) => book.find(name),
    async *all() {
      yield* book.all();
    },
    async *changes() {
      yield* changes;
    },
    async change(id, to) {
      const changed = to(book.get(id));
      if (changed) put(changed);
      return changed;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
