/** Whom a service means that says "too many requests": one chat, or everybody. It says the same words for both. */

/** One answer of "too many requests". */
export interface Flood {
  /** Absent where it can't be told. */
  readonly chat: string | undefined;
  /** Nothing else went to this chat lately, so its own limit can't be what was crossed. */
  readonly isFresh: boolean;
  /** ms since the epoch */
  readonly at: number;
  /** Nothing may leave before then, ms since the epoch. */
  readonly until: number;
}

export type FloodVerdict =
  | { readonly scope: "chat"; readonly until: number }
  /** `until`: the earliest moment that any of those who were told of it may write again. */
  | { readonly scope: "all"; readonly until: number };

/** Different chats that are told within {@link TOGETHER_MS} before it is taken for the limit over all. */
const MANY_CHATS = 3;

/** One burst over all chats is told to its chats within seconds; chats that flood each by themselves are told minutes apart. */
const TOGETHER_MS = 10_000;

/** Decides from what was told lately. A chat that was too fast must not silence everybody else. */
export class FloodScope {
  #told: Flood[] = [];

  judge(flood: Flood): FloodVerdict {
    const lately = this.#told.filter(({ at }) => at > flood.at - TOGETHER_MS && at <= flood.at);
    this.#told = [...lately.filter(({ chat }) => chat !== flood.chat), flood];
    if (!flood.isFresh && this.#told.length < MANY_CHATS) return { scope: "chat", until: flood.until };
    if (flood.isFresh) return { scope: "all", until: flood.until };
    return { scope: "all", until: Math.min(...this.#told.map(({ until }) => until)) };
  }
}
