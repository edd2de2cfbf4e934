/** What happens to the bot's subscribers, and how many there are. Every change binds the next claim of every campaign. */
import type { Subscriber, SubscriberProfile } from "../../domain/people/subscriber.ts";
import { departed, recipientNameOf, subscribed, withProfile } from "../../domain/people/subscriber.ts";
import type { OpenedList } from "../../lists/open-list.ts";
import type { Row } from "../../lists/row.ts";
import { nothingLeftOut } from "../../lists/reading.ts";
import { ROWS_PER_BATCH } from "../../lists/row.ts";
import type { Clock } from "../../lib/clock.ts";
import type { SubscriberStore } from "../../storage/ports/people.ts";

/** How many people came through one link and are subscribed now. */
export interface SourceCount {
  readonly source: string;
  readonly count: number;
}

/** The subscribers as the bot and an operator handle them. Every change is durable when it resolves. */
export interface Subscribers {
  /** @returns `again` for somebody who is subscribed already */
  subscribe(profile: SubscriberProfile, source?: string): Promise<"new" | "back" | "again">;
  /**
   * Ends a subscription, by the person's own word or by their blocking the bot; binds at the call. Lifting a block alone
   * subscribes nobody.
   * @param bound Told when it binds, before it is durable, what is answered then
   * @returns False for somebody who is not subscribed
   */
  leave(id: number, how: "stopped" | "blocked", bound?: (wasSubscribed: boolean) => void): Promise<boolean>;
  /** Writes down once more how somebody stands, where that could not be written before. */
  keep(id: number): Promise<void>;
  /** Tells whether a text means "write to me no more" (`STOP_WORDS`). */
  isStop(text: string): boolean;
  /** Takes note of a changed name; nothing for who never subscribed. */
  seen(profile: SubscriberProfile): Promise<void>;
  isSubscribed(id: number): Promise<boolean>;
  /** Takes the language somebody chose for what is written to them; binds the next claim. Nothing for who never subscribed. */
  choose(id: number, language: string): Promise<void>;
  /** What somebody speaks, by their own choice; undefined: they made none. */
  chosenBy(id: number): Promise<string | undefined>;
  /** How many would get a message now, of one source or of all. */
  count(source?: string): Promise<number>;
  /** The sources of those who are subscribed now, the largest first. */
  bySource(): Promise<readonly SourceCount[]>;
}

interface Parts {
  readonly subscribers: SubscriberStore;
  readonly clock: Pick<Clock, "now">;
  /** Whether a text means "write to me no more". */
  readonly isStop: (text: string) => boolean;
  /** Told of whoever subscribed, once that is on disk. */
  readonly joined?: () => void;
}

/** Makes the use cases of the subscribers. */
export function createSubscribers({ subscribers, clock, isStop, joined }: Parts): Subscribers {
  return {
    async subscribe(profile, source) {
      let before: Subscriber | undefined;
      await subscribers.change(profile.id, (from) =>
        subscribed((before = from), profile, { source, at: clock.now() }),
      );
      if (before?.state !== "active") joined?.();
      if (!before) return "new";
      return before.state === "active" ? "again" : "back";
    },
    async leave(id, state, bound = () => undefined) {
      let wasSubscribed = false;
      const left = subscribers.change(id, (from) => {
        wasSubscribed = from?.state === "active";
        return otherThan(from, from && departed(from, state, clock.now()));
      });
      bound(wasSubscribed);
      await left;
      return wasSubscribed;
    },
    keep: async (id) => void (await subscribers.change(id, (from) => from)),
    isStop,
    seen: async (profile) =>
      void (await subscribers.change(profile.id, (from) =>
        otherThan(from, from && withProfile(from, profile)),
      )),
    choose: async (id, language) =>
      void (await subscribers.change(id, (from) =>
        from?.chosenLanguage === language ? undefined : from && { ...from, chosenLanguage: language },
      )),
    chosenBy: async (id) => (await subscribers.get(id))?.chosenLanguage,
    isSubscribed: async (id) => (await subscribers.get(id))?.state === "active",
    count: (source) => countOf(subscribers, source),
    bySource: async () => countBySource(await activeOf(subscribers)),
  };
}

function otherThan(from: Subscriber | undefined, to: Subscriber | undefined): Subscriber | undefined {
  return to === from ? undefined : to;
}

/** How many would get a message now, of one source or of all. */
export async function countOf(subscribers: Pick<SubscriberStore, "all">, source?: string): Promise<number> {
  return (await activeOf(subscribers, source)).length;
}

async function activeOf(
  subscribers: Pick<SubscriberStore, "all">,
  source?: string,
): Promise<readonly Subscriber[]> {
  const active: Subscriber[] = [];
  for await (const one of subscribers.all())
    if (one.state === "active" && (source === undefined || one.source === source)) active.push(one);
  return active;
}

function countBySource(active: readonly Subscriber[]): readonly SourceCount[] {
  const counts = new Map<string, number>();
  for (const { source } of active)
    if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => ({ source, count })).toSorted((a, b) => b.count - a.count);
}

/** The subscribers as a list for a campaign; a message can use `{{first_name}}`. */
export async function subscriberList(
  subscribers: Pick<SubscriberStore, "all">,
  source: string | undefined,
): Promise<OpenedList> {
  return listOfSubscribers(await activeOf(subscribers, source));
}

/** These people as a list for a campaign, in this order. */
export function listOfSubscribers(active: readonly Subscriber[]): OpenedList {
  return {
    columns: ["first_name"],
    readFrom: {},
    leftOut: nothingLeftOut(),
    rows: rowsOf(active),
    nameOf: ({ cells }) => cells[0] ?? "",
    valuesOf: ({ cells }) => cells.slice(1),
  };
}

async function* rowsOf(active: readonly Subscriber[]): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < active.length; start += ROWS_PER_BATCH)
    yield active
      .slice(start, start + ROWS_PER_BATCH)
      .map((one, index) => ({ line: start + index + 1, cells: [recipientNameOf(one), one.firstName] }));
}
