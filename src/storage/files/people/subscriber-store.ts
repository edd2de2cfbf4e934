/**
 * The subscribers in `data/subscribers.jsonl`: one line a change, how one person stands from then on; only ever appended,
 * all of it in memory. A change holds from the moment of the call and is on disk when the call resolves. `cleanup` never
 * touches it.
 */
import type { SubscriberChange } from "../../../domain/people/growth.ts";
import { changeBetween } from "../../../domain/people/growth.ts";
import type { Subscriber } from "../../../domain/people/subscriber.ts";
import { SubscriberBook } from "../../../domain/people/subscriber.ts";
import { Groups } from "../../../lib/groups.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import { subscriberSchema } from "../../ports/documents/subscriber-schema.ts";
import type { SubscriberStore } from "../../ports/people.ts";

/** The file in the data folder. */
export const SUBSCRIBERS_FILE = "subscribers.jsonl";

/** Reads one line; throws when it is none. */
export function parseSubscriber(line: string): Subscriber {
  return subscriberSchema.parse(JSON.parse(line));
}

/** The store in files, which knows everybody at once: for what is asked in the step that claims. */
export interface FileSubscriberStore extends SubscriberStore {
  /** As {@link SubscriberStore.find}. */
  stored(name: string): Subscriber | undefined;
}

/** Whom a line is about, whatever else of it is damaged. */
const NUMBERED = /"id":(\d{1,16})\b/g;

/**
 * Opens the store; `beforeWrite` throws when this process may write no more. Whoever a line is about that can't be
 * understood gets nothing until they press Start again: it may have been their word to stop.
 */
export async function openSubscriberStore(
  path: string,
  beforeWrite: () => void = () => undefined,
  onProblem: (error: Error) => void = () => undefined,
): Promise<FileSubscriberStore> {
  const book = new SubscriberBook();
  const meant = new Set<number>();
  const log = await openMendedLog(path, {
    outlivesFullDisk: true,
    beforeWrite,
    onLine: (line) => book.put(parseSubscriber(line)),
    onSetAside: (setAside) => {
      for (const line of setAside.lines) for (const [, id] of line.matchAll(NUMBERED)) meant.add(Number(id));
      onProblem(setAsideError(setAside));
    },
  });
  for (const id of meant) {
    const stopped = book.get(id);
    if (stopped?.state !== "active") continue;
    book.put({ ...stopped, state: "stopped" });
    await log.append(JSON.stringify({ ...stopped, state: "stopped" }));
  }
  return {
    get: async (id) => book.get(id),
    find: async (name) => book.find(name),
    stored: (name) => book.find(name),
    async *all() {
      yield* book.all();
    },
    changes: () => changesIn(path),
    async change(id, to) {
      const subscriber = to(book.get(id));
      if (!subscriber) return undefined;
      book.put(subscriber);
      const kept = book.get(id) ?? subscriber;
      await log.append(JSON.stringify(kept));
      return kept;
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}

/** Looks at the subscribers of a file without opening it, as they stand at each question. */
export function lookAtSubscribers(path: string): Pick<SubscriberStore, "all" | "find" | "changes"> {
  let known: { readonly book: SubscriberBook; readonly at: LogPosition } | undefined;
  const now = async (): Promise<SubscriberBook> => {
    const book = known?.book ?? new SubscriberBook();
    const from = known?.at ?? LOG_START;
    const at = await readLogTail(path, from, (line) => book.put(parseSubscriber(line)));
    if (at) known = { book, at };
    else if (known)
      known = undefined; // written anew meanwhile
    else return book;
    return known?.book ?? now();
  };
  const called = async (names: readonly string[]) => {
    const book = await now();
    return names.map((name) => book.find(name));
  };
  const asked = new Groups({ carryOut: called, most: 1000 });
  return {
    find: (name) => asked.ask(name),
    changes: () => changesIn(path),
    async *all() {
      yield* (await now()).all();
    },
  };
}

/** Every line says how one person stands from then on, so what happened lies between two of them. */
async function* changesIn(path: string): AsyncGenerator<SubscriberChange> {
  const standing = new Map<number, Subscriber>();
  const changes: SubscriberChange[] = [];
  await readLogTail(path, LOG_START, (line) => {
    const subscriber = parseSubscriber(line);
    const change = changeBetween(standing.get(subscriber.id), subscriber);
    standing.set(subscriber.id, subscriber);
    if (change) changes.push(change);
  });
  yield* changes;
}
