/** The limit on how fast a bot may write, enforced as Telegram does: with a 429 that says how long to wait. */
import type { BucketLimit } from "../../lib/pace/refilling-bucket.ts";
import { RefillingBucket } from "../../lib/pace/refilling-bucket.ts";

/** Sends and edits take from both: the chat's own limit and the one over all chats. */
export interface FloodLimits {
  readonly perChat: BucketLimit;
  readonly overall: BucketLimit;
}

/** Telegram's published figures (bots FAQ: one message a second in a chat, 30 over all), with room for short bursts. */
export const TELEGRAM_LIMITS: FloodLimits = {
  perChat: { perSecond: 1, burst: 20 },
  overall: { perSecond: 30, burst: 30 },
};

/** Decides for each send and edit whether it comes too fast. */
export class FloodLimiter {
  readonly #limits: FloodLimits | "off";
  readonly #chats = new Map<number, RefillingBucket>();
  #overall: RefillingBucket | undefined;

  constructor(limits: FloodLimits | "off") {
    this.#limits = limits;
  }

  /**
   * Takes one permission for this chat, or none at all.
   * @param now ms since the epoch
   * @returns Whole seconds to wait when it is too fast; undefined when it may go
   */
  take(chat: number, now: number): number | undefined {
    if (this.#limits === "off") return undefined;
    this.#overall ??= new RefillingBucket(this.#limits.overall, now);
    const own = this.#chats.get(chat) ?? new RefillingBucket(this.#limits.perChat, now);
    this.#chats.set(chat, own);
    const buckets = [own, this.#overall];
    const readyAt = Math.max(...buckets.map((bucket) => bucket.readyAt(now)));
    if (readyAt > now) return Math.ceil((readyAt - now) / 1000);
    for (const bucket of buckets) bucket.take(now);
    return undefined;
  }
}
