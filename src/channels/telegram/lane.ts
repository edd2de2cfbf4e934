import type { Clock } from "../../lib/clock.ts";
import { PriorityLane } from "../../lib/priority-lane.ts";

/**
 * Makes the lane that a bot token's calls share, the campaigns' and its own chats'. A little below what Telegram names
 * (core.telegram.org/bots/faq: some 30 a second over all, 1 a second in a chat with short bursts; 1000 a second when
 * paid for), because calls bunch up on the way.
 */
export function createTelegramLane(clock: Clock, isPaid = false): PriorityLane {
  return new PriorityLane({
    clock,
    overall: isPaid ? { perSecond: 950, burst: 25 } : { perSecond: 28, burst: 10 },
    perChat: { perSecond: 1, burst: 15 },
  });
}
