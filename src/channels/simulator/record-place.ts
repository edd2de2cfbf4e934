/** Where the simulator's record is kept: in a file, in memory, or wherever else whoever composes it says. */
import type { AppendLog } from "../../lib/log/append-log.ts";
import { openMendedLog } from "../../lib/log/mended-log.ts";
import type { Delivery, RecordLine } from "./record-line.ts";
import { deliveryOf, parseRecordLine } from "./record-line.ts";

type MaybePromise<T> = T | Promise<T>;

/** The record's lines, and what they say. Whatever is written is met by whoever asks from then on. */
export interface RecordPlace extends AsyncDisposable {
  /** Keeps it; answers how many requests with this key there are with it. */
  ask(line: Extract<RecordLine, { e: "asked" }>): Promise<number>;
  /** Keeps it; false where the message that it tells of arrived already, of two at the same moment too. */
  add(line: Exclude<RecordLine, { e: "asked" }>): Promise<boolean>;
  /** Oldest first, as they arrived. */
  deliveriesOf(dedupKey: string): MaybePromise<readonly Delivery[]>;
  /** As it arrived; undefined when it was taken back. */
  messageOf(messageId: string): MaybePromise<Delivery | undefined>;
  /** When an account's n-th message arrived, ms since the epoch; undefined: fewer have. */
  deliveredAt(account: string, nth: number): MaybePromise<number | undefined>;
}

export interface RecordParts {
  /** Absent: nothing is written, and only what the others ask for is remembered. */
  readonly file?: string;
  readonly keepsDeliveries: boolean;
  /** Attempts are counted for these names only: nobody else acts differently the second time. */
  countsAttempts(username: string): boolean;
  /** Up to which of an account's deliveries their moments count. */
  countsDeliveries(account: string): number;
}

/** Opens the record of this process alone, or starts one in a folder that exists, and remembers what it says. */
export async function openRecordPlace(parts: RecordParts): Promise<RecordPlace> {
  const remembered = new Remembered(parts);
  const lines = new Map<number, RecordLine>();
  const onLine = (text: string, lineNumber: number): void =>
    void lines.set(lineNumber, parseRecordLine(text));
  // Made-up people forget what can't be understood of them; the file is kept.
  const reading = { onLine, onSetAside: () => lines.clear() };
  const log = parts.file === undefined ? undefined : await openMendedLog(parts.file, reading);
  for (const line of lines.values()) remembered.add(line);
  return new OwnRecord(remembered, log);
}

class OwnRecord implements RecordPlace {
  readonly #remembered: Remembered;
  readonly #log: AppendLog | undefined;

  constructor(remembered: Remembered, log: AppendLog | undefined) {
    this.#remembered = remembered;
    this.#log = log;
  }

  async ask(line: RecordLine): Promise<number> {
    const durable = this.#write(line);
    const attempt = this.#remembered.attemptsOf(line.key);
    await durable;
    return attempt;
  }

  async add(line: RecordLine): Promise<boolean> {
    if (line.e === "delivered" && this.#remembered.hasArrived(line.key, line.id)) return false;
    await this.#write(line);
    return true;
  }

  deliveriesOf(dedupKey: string): readonly Delivery[] {
    return this.#remembered.deliveriesOf(dedupKey);
  }

  messageOf(messageId: string): Delivery | undefined {
    return this.#remembered.messageOf(messageId);
  }

  deliveredAt(account: string, nth: number): number | undefined {
    return this.#remembered.deliveredAt(account, nth);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#log?.[Symbol.asyncDispose]();
  }

  /** Remembers at once, so that whoever comes while the line is being written already meets it. */
  async #write(line: RecordLine): Promise<void> {
    this.#remembered.add(line);
    await this.#log?.append(JSON.stringify(line));
  }
}

/** The record's lines, as far as they matter for what comes next. */
class Remembered {
  readonly #parts: RecordParts;
  readonly #attempts = new Map<string, number>();
  readonly #deliveries = new Map<string, Delivery[]>();
  /** Those in their inboxes, by their ids. */
  readonly #messages = new Map<string, Delivery>();
  /** When the first messages of an account arrived. */
  readonly #arrivals = new Map<string, number[]>();

  constructor(parts: RecordParts) {
    this.#parts = parts;
  }

  /** Attempts noted with this key; 1 for those whose attempts aren't counted. */
  attemptsOf(dedupKey: string): number {
    return this.#attempts.get(dedupKey) ?? 1;
  }

  deliveriesOf(dedupKey: string): readonly Delivery[] {
    return this.#deliveries.get(dedupKey) ?? [];
  }

  hasArrived(dedupKey: string, messageId: string): boolean {
    return this.deliveriesOf(dedupKey).some((one) => one.messageId === messageId);
  }

  messageOf(messageId: string): Delivery | undefined {
    return this.#messages.get(messageId);
  }

  deliveredAt(account: string, nth: number): number | undefined {
    return this.#arrivals.get(account)?.[nth - 1];
  }

  add(line: RecordLine): void {
    if (line.e === "takenBack") return void this.#messages.delete(line.id);
    if (line.e === "mended") return;
    const delivery = deliveryOf(line);
    if (delivery) this.#arrive(delivery);
    else if (this.#parts.countsAttempts(line.u))
      this.#attempts.set(line.key, (this.#attempts.get(line.key) ?? 0) + 1);
  }

  #arrive(delivery: Delivery): void {
    const { account, dedupKey, messageId, at } = delivery;
    const arrivals = this.#arrivals.get(account) ?? [];
    if (arrivals.length < this.#parts.countsDeliveries(account))
      this.#arrivals.set(account, [...arrivals, at]);
    if (!this.#parts.keepsDeliveries) return;
    this.#messages.set(messageId, delivery);
    this.#deliveries.set(dedupKey, [...this.deliveriesOf(dedupKey), delivery]);
  }
}
