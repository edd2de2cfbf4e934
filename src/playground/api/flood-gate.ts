/** The limit on how fast a bot may write, enforced as Telegram does: with a 429 that says how long to wait. */

/** A bucket of permissions: `burst` at once, then `perSecond` more each second. */
export interface FloodLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Sends and edits take from both: the chat's own limit and the one over all chats. */
export interface FloodLimits {
  readonly perChat: FloodLimit;
  readonly overall: FloodLimit;
}

/** Telegram's published figures (bots FAQ: one message a second in a chat, 30 over all), with room for short bursts. */
export const TELEGRAM_LIMITS: FloodLimits = {
  perChat: { perSecond: 1, burst: 20 },
  overall: { perSecond: 30, burst: 30 },
};

interface Bucket {
  readonly limit: FloodLimit;
  tokens: number;
  /** ms since the epoch at which `tokens` was right */
  at: number;
}

/** Decides for each send and edit whether it comes too fast. */
export class FloodGate {
  readonly #limits: FloodLimits | "off";
  readonly #chats = new Map<number, Bucket>();
  #overall: Bucket | undefined;

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
    this.#overall ??= full(this.#limits.overall, now);
    const own = this.#chats.get(chat) ?? full(this.#limits.perChat, now);
    this.#chats.set(chat, own);
    const buckets = [own, this.#overall];
    for (const bucket of buckets) refill(bucket, now);
    const waits = buckets.map(({ tokens, limit }) => (tokens >= 1 ? 0 : (1 - tokens) / limit.perSecond));
    const wait = Math.max(...waits);
    if (wait > 0) return Math.max(1, Math.ceil(wait));
    for (const bucket of buckets) bucket.tokens -= 1;
    return undefined;
  }
}

function full(limit: FloodLimit, now: number): Bucket {
  return { limit, tokens: limit.burst, at: now };
}

function refill(bucket: Bucket, now: number): void {
  const seconds = Math.max(0, now - bucket.at) / 1000;
  bucket.tokens = Math.min(bucket.limit.burst, bucket.tokens + seconds * bucket.limit.perSecond);
  bucket.at = now;
}
