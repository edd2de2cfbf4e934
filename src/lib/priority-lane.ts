/**
 * One lane for every call that shares a service's limits, whoever makes it: calls leave in order of their rank, and
 * never faster than the limits over all and in each chat. Owns the promise that whoever waits in a higher rank leaves
 * before anybody in a lower one, and that nobody leaves while the service has asked for silence.
 */
import { setMaxListeners } from "node:events";
import type { Clock } from "./clock.ts";

/** A bucket of permissions: `burst` at once, then `perSecond` more each second. */
export interface LaneLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export interface LaneOptions {
  readonly clock: Clock;
  readonly overall: LaneLimit;
  readonly perChat: LaneLimit;
}

/** Who leaves first: an operator waits for the answer, a person has just written, a campaign can wait. */
export const laneRanks = ["operator", "answer", "campaign"] as const;
export type LaneRank = (typeof laneRanks)[number];

export interface LanePass {
  readonly rank: LaneRank;
  /** Absent for a call that counts over all only. */
  readonly chat?: string;
  /** True: a call that would wait for a pause to end is turned back and told when; absent: it waits. */
  readonly turnsBack?: boolean;
}

/** The call may leave now, or nobody may before `until` (ms since the epoch). */
export type LaneAnswer = { readonly kind: "go" } | { readonly kind: "paused"; readonly until: number };

interface Waiting {
  readonly pass: LanePass;
  resolve(answer: LaneAnswer): void;
}

interface Bucket {
  readonly limit: LaneLimit;
  tokens: number;
  /** ms since the epoch at which `tokens` was right */
  at: number;
}

/** Chats remembered before those whose bucket is full again are forgotten. */
const MOST_CHATS = 2000;

/** The lane of one bot token. */
export class PriorityLane {
  readonly #options: LaneOptions;
  readonly #overall: Bucket;
  readonly #chats = new Map<string, Bucket>();
  readonly #waiting: Readonly<Record<LaneRank, Waiting[]>> = { operator: [], answer: [], campaign: [] };
  #pausedUntil = 0;
  #alarm: AbortController | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#overall = full(options.overall, options.clock.now());
  }

  /**
   * Resolves when the call may leave; in one rank and chat that is in the order of the calls.
   * @throws the signal's reason when it fires first; the call's place is then free
   */
  enter(pass: LanePass, signal?: AbortSignal): Promise<LaneAnswer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const queue = this.#waiting[pass.rank];
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal?.reason);
        this.#serve();
      };
      const waiting: Waiting = {
        pass,
        resolve(answer) {
          signal?.removeEventListener("abort", leave);
          resolve(answer);
        },
      };
      // Calls that begin together may share a signal, and nobody knows how many they are.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener("abort", leave, { once: true });
      queue.push(waiting);
      this.#serve();
    });
  }

  /** Nobody leaves before `until` (ms since the epoch); the later of two moments counts. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    this.#serve();
  }

  /** The moment before which nobody leaves, ms since the epoch; it may be past. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Lets everybody go whose turn it is, then sleeps until somebody's turn comes. */
  #serve(): void {
    this.#alarm?.abort();
    const now = this.#options.clock.now();
    if (now < this.#pausedUntil) this.#turnBack();
    else while (this.#letOneGo(now));
    const wakeAt = this.#nextTurnAt(now);
    if (wakeAt === undefined) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#options.clock.sleep(Math.max(1, wakeAt - now), alarm.signal).then(
      () => this.#serve(),
      () => undefined,
    );
  }

  #turnBack(): void {
    const until = this.#pausedUntil;
    for (const rank of laneRanks) {
      const queue = this.#waiting[rank];
      const turned = queue.filter(({ pass }) => pass.turnsBack === true);
      if (turned.length === 0) continue;
      queue.splice(0, queue.length, ...queue.filter(({ pass }) => pass.turnsBack !== true));
      for (const one of turned) one.resolve({ kind: "paused", until });
    }
  }

  #letOneGo(now: number): boolean {
    if (readyAt(this.#overall, now) > now) return false;
    for (const rank of laneRanks) {
      const queue = this.#waiting[rank];
      const index = queue.findIndex(({ pass }) => this.#chatReadyAt(pass, now) <= now);
      const [first] = index === -1 ? [] : queue.splice(index, 1);
      if (!first) continue;
      take(this.#overall, now);
      if (first.pass.chat !== undefined) take(this.#bucketOf(first.pass.chat, now), now);
      first.resolve({ kind: "go" });
      return true;
    }
    return false;
  }

  #nextTurnAt(now: number): number | undefined {
    const all = laneRanks.flatMap((rank) => this.#waiting[rank]);
    if (all.length === 0) return undefined;
    if (now < this.#pausedUntil) return this.#pausedUntil;
    const chatsReadyAt = Math.min(...all.map(({ pass }) => this.#chatReadyAt(pass, now)));
    return Math.max(chatsReadyAt, readyAt(this.#overall, now));
  }

  #chatReadyAt({ chat }: LanePass, now: number): number {
    const bucket = chat === undefined ? undefined : this.#chats.get(chat);
    return bucket ? readyAt(bucket, now) : now;
  }

  #bucketOf(chat: string, now: number): Bucket {
    const known = this.#chats.get(chat);
    if (known) return known;
    if (this.#chats.size >= MOST_CHATS) this.#forgetFull(now);
    const bucket = full(this.#options.perChat, now);
    this.#chats.set(chat, bucket);
    return bucket;
  }

  /** A full bucket is as good as none. */
  #forgetFull(now: number): void {
    for (const [chat, bucket] of this.#chats) {
      refill(bucket, now);
      if (bucket.tokens >= bucket.limit.burst) this.#chats.delete(chat);
    }
  }
}

function full(limit: LaneLimit, now: number): Bucket {
  return { limit, tokens: limit.burst, at: now };
}

function refill(bucket: Bucket, now: number): void {
  const seconds = Math.max(0, now - bucket.at) / 1000;
  bucket.tokens = Math.min(bucket.limit.burst, bucket.tokens + seconds * bucket.limit.perSecond);
  bucket.at = now;
}

/** When the bucket has a permission; rounding must not make a whole one look like a bit less. */
function readyAt(bucket: Bucket, now: number): number {
  refill(bucket, now);
  const missing = 1 - bucket.tokens;
  return missing <= 1e-9 ? now : now + Math.ceil((missing / bucket.limit.perSecond) * 1000);
}

function take(bucket: Bucket, now: number): void {
  refill(bucket, now);
  bucket.tokens = Math.max(0, bucket.tokens - 1);
}
