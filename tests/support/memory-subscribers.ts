import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import { SubscriberBook } from "../../src/domain/people/subscriber.ts";
import type { FileSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";

/** Subscribers that are forgotten with the test. */
export function createMemorySubscribers(given: readonly Subscriber[] = []): FileSubscriberStore {
  const book = new SubscriberBook();
  for (const one of given) book.put(one);
  return {
    get: async (id) => book.get(id),
    find: async (name) => book.find(name),
    stored: (name) => book.find(name),
    async *all() {
      yield* book.all();
    },
    async change(id, to) {
      const changed = to(book.get(id));
      if (changed) book.put(changed);
      return changed;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
