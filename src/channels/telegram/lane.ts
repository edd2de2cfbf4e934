import type { Clock } from "../../lib/clock.ts";
import { PriorityLane } from "../../lib/pace/priority-lane.ts";
import type { PlaceSource } from "../../lib/pace/shared-places.ts";
import type { WindowLimit } from "../../lib/pace/sliding-window.ts";

/**
 * Telegram's second and what calls may bunch up on the way: one that took 20 ms to arrive and one that took 220 are
 * 200 ms nearer to each other there than they were here. With no more departures in this time than Telegram takes in a
 * second, none of its seconds sees more, as long as the way's length varies by no more than that.
 */
const WINDOW_MS = 1200;

/** What the lane of a token is called among those who share it: by the bot's id, which is no secret. */
export function laneName(token: string): string {
  return `telegram/${token.split(":", 1)[0]}`;
}

/** What all calls of one token together may do. */
export function laneLimit(isPaid: boolean): WindowLimit {
  return { count: isPaid ? 1000 : 30, windowMs: WINDOW_MS };
}

interface TelegramLaneOptions {
  readonly clock: Clock;
  /** Pay with Stars for a higher rate. */
  readonly isPaid?: boolean;
  /** Who gives out the token's places, where other processes use it too; see {@link laneLimit}. */
  readonly places?: PlaceSource | undefined;
  /** Is told in a sentence when Telegram asks for an absurd silence. */
  readonly warn?: (text: string) => void;
}

/**
 * Makes the lane that a bot token's calls share, the campaigns' and its own chats'. The figures are Telegram's
 * (core.telegram.org/bots/faq: some 30 a second over all, 1 a second in a chat with short bursts;
 * core.telegram.org/bots/api#paid-broadcasts: 1000 a second). Everybody but operators goes evenly, so that an operator gets
 * a place within some forty milliseconds, however many wait. While answers and a campaign both wait each has half, 12.5 a
 * second: answers to those who leave before all others, and none of them later than the campaign's one next message.
 */
export function createTelegramLane(options: TelegramLaneOptions): PriorityLane {
  const { clock, isPaid = false, places, warn } = options;
  const overall = laneLimit(isPaid);
  const { count } = overall;
  return new PriorityLane({
    clock,
    overall,
    places,
    others: { perSecond: count / (WINDOW_MS / 1000), burst: isPaid ? 20 : 2 },
    perChat: { perSecond: 1, burst: 15 },
    onAbsurd: (seconds) =>
      warn?.(`Telegram asked for a silence of ${seconds} s; it is kept for a day, then asked again`),
  });
}
