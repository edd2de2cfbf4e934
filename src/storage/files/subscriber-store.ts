/**
 * The subscribers in `data/subscribers.jsonl`: one line a change, how one person stands from then on; only ever appended,
 * all of it in memory. A change holds from the moment of the call and is on disk when the call resolves. `cleanup` never
 * touches it.
 */
import { z } from "zod";
import type { Subscriber } from "../../domain/subscriber.ts";
import { SubscriberBook, subscriberStates } from "../../domain/subscriber.ts";
import { openAppendLog } from "../../lib/append-log.ts";
import type { SubscriberStore } from "../stores.ts";

const telegramId = z.int();

const subscriberSchema: z.ZodType<Subscriber> = z.strictObject({
  id: telegramId.positive(),
  username: z.string().min(1).exactOptional(),
  firstName: z.string(),
  languageCode: z.string().exactOptional(),
  source: z.string().exactOptional(),
  chatId: telegramId.exactOptional(),
  state: z.enum(subscriberStates),
  at: z.number(),
});

/** Opens the store; `beforeWrite` throws when this process may write no more. */
export async function openSubscriberStore(
  path: string,
  beforeWrite: () => void = () => undefined,
): Promise<SubscriberStore> {
  const book = new SubscriberBook();
  const log = await openAppendLog(path, {
    beforeWrite,
    onLine: (line) => book.put(subscriberSchema.parse(JSON.parse(line))),
  });
  return {
    get: (id) => book.get(id),
    find: (name) => book.find(name),
    all: () => book.all(),
    put(subscriber) {
      book.put(subscriber);
      return log.append(JSON.stringify(subscriber));
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
