/**
 * The port to what happens, by number: what the chat, the figures and whoever follows a campaign live on.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it.
 */

/** An event and its place among all there are. Numbers grow, and need not be without gaps. */
export interface Numbered<E> {
  readonly number: number;
  readonly event: E;
}

export interface EventsRead<E> {
  /** Oldest first. */
  readonly events: readonly Numbered<E>[];
  /** Some behind the number asked for are not kept any more. */
  readonly hasGap: boolean;
}

/**
 * Events in their order. They are told, never decided by: nobody's send waits for one to be durable, and a crash may lose
 * the last of them, whose outcome stands where it was recorded. Whoever tells others of one has it made durable first.
 */
export interface EventLog<E> extends AsyncDisposable {
  /** Number of the last one; 0 when there never was one. */
  last(): Promise<number>;
  /** Answers its number. */
  append(event: E): Promise<number>;
  /** Those behind a number, the first `most` of them. */
  read(after: number, most: number): Promise<EventsRead<E>>;
  /** Resolves once all that was appended before is durable; rejects when it can't be made so. */
  sync(): Promise<void>;
  /** Resolves once there is one behind that number, whoever appended it, or when the signal fires. */
  wait(after: number, signal: AbortSignal): Promise<void>;
}

/** A log of what is recorded elsewhere, which the end of a process can cut off from its records. */
export interface OutcomeLog<E> extends EventLog<E> {
  /** What the records say last may not be in it. */
  readonly wasCut: boolean;
  /**
   * How people ended is in it by the step that records it, whoever takes that, and nobody appends it: what has a key
   * ({@link endingKey}) is in it already.
   */
  readonly tellsEndings: boolean;
  /** What was cut off is told. */
  madeWhole(): void;
}
