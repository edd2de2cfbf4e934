/** The Telegram channel on a bench: the embedded Bot API server over a real socket, subscribers in memory. */
import type { Channel } from "../../src/channels/channel.ts";
import { createTelegram } from "../../src/channels/telegram/telegram.ts";
import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { PriorityLane } from "../../src/lib/pace/priority-lane.ts";
import type { Person, Playground } from "../../src/playground/playground.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import type { FileSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { createMemorySubscribers } from "../support/memory-subscribers.ts";

export const FIRST_ID = 5001;

/** Names of the people of the bench, who all pressed Start. */
export const people = ["ali", "sara", "nima", "blocker", "late", "lost"] as const;

export interface TelegramBench extends AsyncDisposable {
  readonly channel: Channel;
  readonly playground: Playground;
  readonly world: Playground["world"];
  readonly subscribers: FileSubscriberStore;
  readonly lane: PriorityLane;
  /** Telegram's. */
  readonly clock: Clock;
  /** Lets so much of Telegram's time pass, ms. */
  age(ms: number): void;
}

export interface TelegramBenchOptions {
  readonly isPaid?: boolean;
  readonly leaveLabel?: (languageCode: string | undefined) => string;
}

export const idOf = (name: (typeof people)[number]): number => FIRST_ID + people.indexOf(name);

/** Opens the bench: everybody is subscribed and the bot has a chat with them. */
export async function openTelegramBench(options: TelegramBenchOptions = {}): Promise<TelegramBench> {
  let aged = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + aged };
  const playground = await openPlayground({
    port: 0,
    persons: people.map(personOf),
    clock,
    limits: "off",
  });
  const { world, token, apiRoot } = playground;
  for (const name of people) world.sendText(idOf(name), "/start");
  const subscribers = createMemorySubscribers(people.map(subscriberOf));
  const fast = { perSecond: 1000, burst: 1000 };
  const overall = { count: 1000, windowMs: 1000 };
  const lane = new PriorityLane({
    clock: systemClock,
    overall,
    others: fast,
    perChat: { perSecond: 1, burst: 1000 },
  });
  const channel = createTelegram({
    ...options,
    access: { token, apiRoot },
    audience: subscribers,
    lane,
    clock: systemClock,
  });
  return {
    channel,
    clock,
    age: (ms) => void (aged += ms),
    playground,
    world,
    subscribers,
    lane,
    [Symbol.asyncDispose]: () => playground[Symbol.asyncDispose](),
  };
}

function personOf(name: (typeof people)[number]): Person {
  return { id: idOf(name), firstName: name, username: name, languageCode: "en", role: "stranger" };
}

function subscriberOf(name: (typeof people)[number]): Subscriber {
  return { id: idOf(name), username: name, firstName: name, state: "active", at: 0 };
}
