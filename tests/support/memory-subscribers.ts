import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import { SubscriberBook } from "../../src/domain/people/subscriber.ts";
import type { SubscriberStore } from "../../src/storage/ports/people.ts";

/** Subscribers that are forgotten with the test. */
export function createMemorySubscribers(given: readonly Subscriber[] = []): SubscriberStore {
  const book = new SubscriberBook();
  for (const one of given) book.put(one);
  return {
    get: (id) => book.get(id),
    find: (name) => book.find(name),
    all: () => book.all(),
    put: async (subscriber) => book.put(subscriber),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
