/** Every direct message there is, in both directions, with ids that rise with time. */
import type { FakeXOptions } from "./options.ts";
import type { Person } from "./population.ts";

export interface DmEvent {
  readonly id: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly conversationId: string;
  readonly text: string;
  /** ms since the epoch */
  readonly at: number;
}

/** Ids count ms from here (X's own epoch), 22 bits up. */
const EPOCH_MS = 1_288_834_974_657n;
const KEPT_MS = 30 * 24 * 3_600_000;

/** Makes ids of messages and posts: 19 digits, later ones greater. */
export class Snowflakes {
  #last = 0n;

  next(now: number): string {
    const least = (BigInt(Math.floor(now)) - EPOCH_MS) << 22n;
    this.#last = least > this.#last ? least : this.#last + 1n;
    return String(this.#last);
  }
}

export class Conversations {
  readonly #events: DmEvent[] = [];
  readonly #snowflakes: Snowflakes;

  readonly #options: Pick<FakeXOptions, "listsLateMs" | "hides">;

  constructor(snowflakes: Snowflakes, options: Pick<FakeXOptions, "listsLateMs" | "hides"> = {}) {
    this.#snowflakes = snowflakes;
    this.#options = options;
  }

  write(from: Person, to: Person, text: string, at: number): DmEvent {
    const event: DmEvent = {
      id: this.#snowflakes.next(at),
      senderId: from.id,
      recipientId: to.id,
      conversationId: conversationId(from.id, to.id),
      text,
      at,
    };
    this.#events.push(event);
    return event;
  }

  /** What a person got, oldest first. */
  receivedBy(id: string): readonly DmEvent[] {
    return this.#events.filter(({ recipientId }) => recipientId === id);
  }

  /** What an account wrote, oldest first. */
  sentBy(id: string): readonly DmEvent[] {
    return this.#events.filter(({ senderId }) => senderId === id);
  }

  /** What an account can see: newest first, 30 days back, of one conversation or of all. */
  seenBy(id: string, now: number, partnerId?: string): readonly DmEvent[] {
    return this.#events
      .filter(({ senderId, recipientId }) => senderId === id || recipientId === id)
      .filter((event) => !partnerId || event.conversationId === conversationId(id, partnerId))
      .filter(({ at }) => at > now - KEPT_MS && at <= now - (this.#options.listsLateMs ?? 0))
      .filter((event) => !this.#options.hides?.(event.id))
      .toReversed();
  }
}

/** `{smaller}-{larger}`. */
export function conversationId(one: string, other: string): string {
  const isFirst = BigInt(one) < BigInt(other);
  return isFirst ? `${one}-${other}` : `${other}-${one}`;
}
