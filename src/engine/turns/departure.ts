/**
 * One send on its way out. Owns the moment its call leaves: before that moment the message can be taken back, and
 * whatever happens then is surely no delivery; after it, silence means that the message may have arrived.
 */
import type { Permit } from "../../channels/channel.ts";
import type { Answer } from "../../domain/fault.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

export interface DepartureParts {
  /** Whether nobody stopped the sending while the message waited. */
  readonly isOn: () => boolean;
  /** Asks the claim for the call to leave now; false when it may not. */
  readonly mayLeave: () => boolean | Promise<boolean>;
}

export class Departure {
  readonly #parts: DepartureParts;
  #state: "waiting" | "left" | "closed" = "waiting";

  constructor(parts: DepartureParts) {
    this.#parts = parts;
  }

  /**
   * Asked for right before each call: by the channel where it waits before it calls, else before it gets the message. What
   * keeps it from being recorded keeps the call back.
   */
  readonly leave: Permit = () => {
    if (!this.#isWanted()) return false;
    const may = this.#parts.mayLeave();
    return typeof may === "boolean" ? this.#leaves(may) : may.then((late) => this.#leaves(late));
  };

  /** Nobody waits for the channel's answer any more: from now on nothing leaves. */
  unanswered(why: Reason): Answer {
    if (this.#state === "left") return { kind: "uncertain", why };
    this.#state = "closed";
    return { kind: "withdrawn", why, uncalled: true };
  }

  /** Meanwhile the sending may have been stopped, or nobody waits for the answer any more. */
  #leaves(may: boolean): boolean {
    if (!may || !this.#isWanted()) return false;
    this.#state = "left";
    return true;
  }

  #isWanted(): boolean {
    return this.#state !== "closed" && this.#parts.isOn();
  }
}
