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
   * @returns False for somebody who is not subscribed
   */
  leave(id: number, how: "stopped" | "blocked"): Promise<boolean>;
  /** Writes down once more how somebody stands, where that could not be written before. */
  keep(id: number): Promise<void>;
  /** Tells whether a text means "write to me no more" (`STOP_WORDS`). */
  isStop(text: string): boolean;
  /** Takes note of a changed name; nothing for who never subscribed. */
  seen(profile: SubscriberProfile): Promise<void>;
  isSubscribed(id: number): boolean;
  /** How many would get a message now, of one source or of all. */
  count(source?: string): number;
  /** The sources of those who are subscribed now, the largest first. */
  bySource(): readonly SourceCount[];
}

interface Parts {
  readonly subscribers: SubscriberStore;
  readonly clock: Pick<Clock, "now">;
  /** Whether a text means "write to me no more". */
  readonly isStop: (text: string) => boolean;
}

/** Makes the use cases of the subscribers. */
export function createSubscribers({ subscribers, clock, isStop }: Parts): Subscribers {
  const leave = async (id: number, state: "stopped" | "blocked"): Promise<boolean> => {
    const before = subscribers.get(id);
    const after = before && departed(before, state, clock.now());
    if (!after || after === before) return false;
    await subscribers.put(after);
    return before.state === "active";
  };
  return {
    async subscribe(profile, source) {
      const before = subscribers.get(profile.id);
      await subscribers.put(subscribed(before, profile, { source, at: clock.now() }));
      if (!before) return "new";
      return before.state === "active" ? "again" : "back";
    },
    leave,
    async keep(id) {
      const now = subscribers.get(id);
      if (now) await subscribers.put(now);
    },
    isStop,
    async seen(profile) {
      const before = subscribers.get(profile.id);
      const after = before && withProfile(before, profile);
      if (after && after !== before) await subscribers.put(after);
    },
    isSubscribed: (id) => subscribers.get(id)?.state === "active",
    count: (source) => countOf(subscribers, source),
    bySource: () => countBySource(activeOf(subscribers)),
  };
}

/** How many would get a message now, of one source or of all. */
export function countOf(subscribers: Pick<SubscriberStore, "all">, source?: string): number {
  return activeOf(subscribers, source).length;
}

function activeOf(subscribers: Pick<SubscriberStore, "all">, source?: string): readonly Subscriber[] {
  const isMeant = (one: Subscriber): boolean => source === undefined || one.source === source;
  return [...subscribers.all()].filter((one) => one.state === "active" && isMeant(one));
}

function countBySource(active: readonly Subscriber[]): readonly SourceCount[] {
  const counts = new Map<string, number>();
  for (const { source } of active)
    if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => ({ source, count })).toSorted((a, b) => b.count - a.count);
}

/** The subscribers as a list for a campaign; a message can use `{{first_name}}`. */
export function subscriberList(
  subscribers: Pick<SubscriberStore, "all">,
  source: string | undefined,
): OpenedList {
  const active = activeOf(subscribers, source);
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
