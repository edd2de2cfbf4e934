/**
 * One send on its way out. Owns the moment its call leaves: before that moment the message can be taken back, and
 * whatever happens then is surely no delivery; after it, silence means that the message may have arrived.
 */
import type { Permit } from "../../channels/channel.ts";
import type { Answer } from "../../domain/fault.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

export interface DepartureParts {
  /** The channel waits before it calls, and asks to leave then; else the call counts as left from the start. */
  readonly waits: boolean;
  /** Whether the message may still go: its campaign runs and the person may be written to. */
  readonly mayLeave: () => boolean;
  /** Puts on disk that the call leaves now; false when the claim is not open any more. */
  readonly mark: () => Promise<boolean>;
}

export class Departure {
  readonly #parts: DepartureParts;
  #state: "waiting" | "left" | "closed";

  constructor(parts: DepartureParts) {
    this.#parts = parts;
    this.#state = parts.waits ? "waiting" : "left";
  }

  /** Given to the channel, which asks right before each call; what keeps it from being recorded keeps the call back. */
  readonly leave: Permit = async () => {
    const { mayLeave, mark } = this.#parts;
    if (this.#state === "closed" || !mayLeave()) return false;
    if (this.#state === "left") return true;
    // Somebody may have opted out, or nobody waits for the answer any more, while that was written.
    if (!(await mark()) || this.#isClosed() || !mayLeave()) return false;
    this.#state = "left";
    return true;
  };

  /** Nobody waits for the channel's answer any more: from now on nothing leaves. */
  unanswered(why: Reason): Answer {
    if (this.#state === "left") return { kind: "uncertain", why };
    this.#state = "closed";
    return { kind: "withdrawn", why, uncalled: true };
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }
}
