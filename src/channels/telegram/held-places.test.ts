import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { PriorityLane } from "../../lib/pace/priority-lane.ts";
import type { Channel } from "../channel.ts";
import { createTelegram } from "./telegram.ts";

const ali: Subscriber = { id: 5001, username: "ali", firstName: "Ali", state: "active", at: 0 };
const { signal } = new AbortController();
const asked = { account: "bot", username: "ali", dedupKey: "spring:ali", text: "Hello" };
const sent = { ...asked, messageId: "7", sentAt: 0, isCaption: false };

test.each<[string, (channel: Channel) => Promise<unknown> | undefined]>([
  ["sending", (channel) => channel.send(asked, signal)],
  ["taking back", (channel) => channel.takeBack?.(sent, signal)],
  ["mending", (channel) => channel.mend?.(sent, signal)],
])("%s keeps no place in the lane where the person can't be looked up once it has one", async (_, call) => {
  const clock = createVirtualClock();
  const fast = { perSecond: 1000, burst: 1000 };
  const overall = { count: 2, windowMs: 1000 };
  const lane = new PriorityLane({ clock, overall, others: fast, perChat: fast });
  let looks = 0;
  const find = async (): Promise<Subscriber> => {
    looks++;
    if (looks % 2 === 0) throw new Error("the database is away");
    return ali;
  };
  const audience = { find, change: async () => undefined };
  const access = { token: "1:a", apiRoot: "http://127.0.0.1:1" };
  const channel = createTelegram({ access, audience, lane, clock });
  for (let times = 0; times < overall.count; times++)
    await expect(call(channel)).rejects.toThrow("the database is away");
  let isThrough = false;
  void lane.enter({ rank: "operator" }).then(() => (isThrough = true));
  await clock.advance(3_600_000);
  expect(isThrough).toBe(true);
});
