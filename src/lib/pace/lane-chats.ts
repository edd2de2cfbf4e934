/** What a lane knows of each chat: how much may go there, and until when the service wants silence in it. */
import type { BucketLimit } from "./refilling-bucket.ts";
import { RefillingBucket } from "./refilling-bucket.ts";
import { Until } from "./until.ts";

interface Chat {
  readonly bucket: RefillingBucket;
  readonly pausedUntil: Until;
}

/** Chats remembered before those are forgotten of whom there is nothing to know. */
const MOST_CHATS = 2000;

/** Calls whose chat is not known share this name; they keep its silence, and take from no bucket. */
const UNKNOWN = "";

export class LaneChats {
  readonly #limit: BucketLimit;
  readonly #chats = new Map<string, Chat>();

  constructor(limit: BucketLimit) {
    this.#limit = limit;
  }

  /** The chat's bucket, made when there is none. */
  bucket(name: string, now: number): RefillingBucket {
    return this.#chat(name, now).bucket;
  }

  /** Nobody leaves for the chat before `until`; the later of two moments counts. */
  pause(name: string | undefined, until: number, now: number): void {
    this.#chat(name ?? UNKNOWN, now).pausedUntil.setLater(until, now);
  }

  pausedUntil(name: string | undefined, now: number): number {
    return this.#chats.get(name ?? UNKNOWN)?.pausedUntil.at(now) ?? 0;
  }

  /** When a call for the chat may leave, as far as the chat is concerned; ms since the epoch. */
  readyAt(name: string | undefined, now: number): number {
    const known = this.#chats.get(name ?? UNKNOWN);
    if (!known) return now;
    const readyAt = name === undefined ? now : known.bucket.readyAt(now);
    return Math.max(readyAt, known.pausedUntil.at(now));
  }

  #chat(name: string, now: number): Chat {
    const known = this.#chats.get(name);
    if (known) return known;
    if (this.#chats.size >= MOST_CHATS) this.#forgetQuiet(now);
    const chat = { bucket: new RefillingBucket(this.#limit, now), pausedUntil: new Until() };
    this.#chats.set(name, chat);
    return chat;
  }

  /** A chat with a full bucket and no pause is as good as one never heard of. */
  #forgetQuiet(now: number): void {
    for (const [name, { bucket, pausedUntil }] of this.#chats)
      if (pausedUntil.at(now) <= now && bucket.missing(now) === 0) this.#chats.delete(name);
  }
}
