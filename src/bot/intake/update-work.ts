import type { Update } from "grammy/types";
import type { Errand } from "./errand.ts";

/** The dialogue that an update is being worked on for. */
export interface DialogueAtWork {
  readonly name: string;
  /** Tells its buttons from those of other dialogues. */
  readonly mark: string;
}

/** Why work on an update ends before it is done: its dialogue was left, or Peyk is being stopped. */
export type WorkEnd = "left" | "stopping";

/** One update in hand, as those who handle it see it. */
export class UpdateWork {
  readonly update: Update;
  readonly errand: Errand;
  /** Set by the dialogue that takes the update up. */
  dialogue: DialogueAtWork | undefined;
  /** What the operator's word to leave is about, decided when it came. */
  leaves: "dialogue" | "campaign" | undefined;
  /** The dialogue that this update ended while it was at work. */
  left: DialogueAtWork | undefined;
  /** Of a departure: whether it ended a subscription, on disk when it resolves. */
  departed: Promise<boolean> | undefined;
  /** The same person has left since. */
  isOvertaken = false;
  /** The spinner of its button has ended. */
  isAnswered = false;
  /** Made when somebody asks for it: of twenty thousand who wait few ever do. */
  #ending: AbortController | undefined;
  #end: WorkEnd | undefined;
  #handedOver: Promise<void> | undefined;
  #letPass: () => void = () => undefined;
  /** Resolves when the next update of the chat need not wait for this one any more. */
  readonly passed = new Promise<void>((resolve) => (this.#letPass = resolve));

  constructor(update: Update, errand: Errand) {
    this.update = update;
    this.errand = errand;
  }

  get updateId(): number {
    return this.update.update_id;
  }

  /** Fires when nobody wants the outcome any more. */
  get signal(): AbortSignal {
    this.#ending ??= new AbortController();
    if (this.#end !== undefined) this.#ending.abort(endedEarly(this.#end));
    return this.#ending.signal;
  }

  /** Why the work ended before it was done. */
  get end(): WorkEnd | undefined {
    return this.#end;
  }

  /** The moment from which the dialogue can't be left any more; resolves when what it asked for is true. */
  get handedOver(): Promise<void> | undefined {
    return this.#handedOver;
  }

  /** Lets the chat's next update begin while this one goes on: what matters has happened, only telling it is left. */
  letOthersPass(): void {
    this.#letPass();
  }

  /** Ends the work early; what was handed over goes on. */
  stop(end: WorkEnd): void {
    if (this.#end !== undefined || (end === "left" && this.#handedOver)) return;
    this.#end = end;
    this.#ending?.abort(endedEarly(end));
  }

  /** Does what must not be given up half-way: leaving the dialogue comes too late from here on. */
  async handOver<T>(deed: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    const doing = deed();
    this.#handedOver = doing.then(
      () => undefined,
      () => undefined,
    );
    return doing;
  }

  /** Does a task and waits for it no longer than its outcome is wanted. */
  async while<T>(task: () => Promise<T> | T): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    const settled = new AbortController();
    const stopped = new Promise<never>((_resolve, reject) => {
      const stop = (): void => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true, signal: settled.signal });
    });
    try {
      return await Promise.race([task(), stopped]);
    } finally {
      settled.abort();
    }
  }
}

function endedEarly(end: WorkEnd): Error {
  return new Error(`work on an update ended early: ${end}`);
}
