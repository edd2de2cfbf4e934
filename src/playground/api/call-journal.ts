/** What the bot asked of the playground, and the failures a test lets it run into. */

/** One call at the wire. */
export interface RecordedCall {
  /** As the bot wrote it. */
  readonly method: string;
  /** Host and port that the bot asked: processes that come over wires of their own are told apart by it. */
  readonly host: string;
  /** Fields as they came; uploaded files as `{name, size}`. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** ms since the epoch */
  readonly at: number;
  /** HTTP status; 0 when the connection was cut instead. */
  readonly status: number;
}

/** What goes wrong with a call that would have worked. */
export type Failure =
  /** Refused with this answer; nothing happens. `retryAfter` in seconds, `migrateTo` the chat's new id. */
  | {
      readonly errorCode: number;
      readonly description?: string;
      readonly retryAfter?: number;
      readonly migrateTo?: number;
    }
  /** A proxy's page instead of an answer, as with a 502 of the real server. */
  | { readonly html: number }
  /** The connection is cut, before anything happens or after everything did. */
  | { readonly hangUp: "before" | "after" }
  /** No answer comes for as long as the bot waits; nothing happens. */
  | { readonly silent: true }
  /** It works, but the answer comes no sooner than this. */
  | { readonly slow: Promise<unknown> };

/** One call as it comes in; nothing of it has happened yet. */
export type ArrivingCall = Pick<RecordedCall, "method" | "host"> & { readonly chat: number | undefined };

/** What goes wrong with a call for which nothing is planned. */
export type FailureOf = (call: ArrivingCall) => Failure | undefined;

interface PlannedFailure {
  readonly failure: Failure;
  readonly chat: number | undefined;
  times: number;
}

/** Calls remembered; a bot that runs for days must not fill the memory. */
const REMEMBERED = 10_000;

/** Remembers the latest calls and hands out planned failures. */
export class CallJournal {
  #calls: RecordedCall[] = [];
  readonly #failures = new Map<string, PlannedFailure[]>();
  readonly #failureOf: FailureOf;

  constructor(failureOf: FailureOf = () => undefined) {
    this.#failureOf = failureOf;
  }

  /** The latest calls, oldest first. */
  calls(): readonly RecordedCall[] {
    return [...this.#calls];
  }

  add(call: RecordedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > 2 * REMEMBERED) this.#calls = this.#calls.slice(-REMEMBERED);
  }

  /** Lets the next `times` calls of a method, to this chat or to any, fail, after those already planned. */
  failNext(method: string, failure: Failure, times = 1, chat?: number): void {
    const planned = this.#failures.get(method.toLowerCase()) ?? [];
    this.#failures.set(method.toLowerCase(), [...planned, { failure, times, chat }]);
  }

  /** Lets every call go well again. */
  endFailures(): void {
    this.#failures.clear();
  }

  /** What goes wrong with a call that has come in: what is planned for it, which is used up, comes first. */
  failureOf(call: ArrivingCall): Failure | undefined {
    return this.takeFailure(call.method, call.chat) ?? this.#failureOf(call);
  }

  /** The failure planned for this call, used up by asking. */
  takeFailure(method: string, chat?: number): Failure | undefined {
    const planned = this.#failures.get(method.toLowerCase()) ?? [];
    const first = planned.find((one) => one.chat === undefined || one.chat === chat);
    if (!first) return undefined;
    first.times -= 1;
    if (first.times <= 0) planned.splice(planned.indexOf(first), 1);
    return first.failure;
  }
}
