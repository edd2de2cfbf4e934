/**
 * The simulator's own record of who asked for what and who got what: JSON lines, on disk before the simulator goes on.
 * It is the simulated people's inbox and the judge of Peyk's account of things, so it knows nothing of Peyk's journal.
 * Of a message it keeps a hash, never the text.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { AppendLog } from "../../lib/log/append-log.ts";
import { openMendedLog } from "../../lib/log/mended-log.ts";
import type { SendRequest } from "../channel.ts";
import type { Delivery, RecordLine } from "./record-line.ts";
import { deliveryOf, parseRecordLine } from "./record-line.ts";

export interface RecordParts {
  /** Absent: nothing is written, and only what {@link RecordParts.keepsDeliveries} asks for is remembered. */
  readonly file?: string;
  readonly keepsDeliveries: boolean;
  /** Attempts are counted for these names only: nobody else acts differently the second time. */
  countsAttempts(username: string): boolean;
  /** Called for every message that arrives or, at opening, has arrived. */
  onDelivered(delivery: Delivery): void;
}

/** Opens the record, or starts one in a folder that exists, and remembers what it says. */
export async function openRecord(parts: RecordParts): Promise<SimulatorRecord> {
  const remembered = new Remembered(parts);
  const lines = new Map<number, RecordLine>();
  const onLine = (text: string, lineNumber: number): void =>
    void lines.set(lineNumber, parseRecordLine(text));
  // Made-up people forget what can't be understood of them; the file is kept.
  const reading = { onLine, onSetAside: () => lines.clear() };
  const log = parts.file === undefined ? undefined : await openMendedLog(parts.file, reading);
  for (const line of lines.values()) remembered.add(line);
  return new SimulatorRecord(remembered, log);
}

/** Every message that arrived, in order, read from a record's file; a record that was never started holds none. */
export async function readDeliveries(file: string): Promise<readonly Delivery[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return whole.filter(Boolean).flatMap((line) => deliveryOf(parseRecordLine(line)) ?? []);
}

/** How many messages each name got, of all campaigns together; names that got none are absent. */
export async function deliveries(file: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { username } of await readDeliveries(file)) {
    counts.set(username, (counts.get(username) ?? 0) + 1);
  }
  return counts;
}

/** What each name has in its inbox now: the hash of every text that is not taken back, by the id of its message. */
export async function readInboxes(file: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const text = await readFile(file, "utf8");
  const inboxes = new Map<string, Map<string, string>>();
  for (const one of text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean)) {
    const line = parseRecordLine(one);
    if (line.e === "asked") continue;
    const inbox = inboxes.get(line.u) ?? new Map<string, string>();
    inboxes.set(line.u, inbox);
    if (line.e === "takenBack") inbox.delete(line.id);
    else inbox.set(line.id, line.text);
  }
  return inboxes;
}

/** What the record keeps of a text, to recognise it again: the first 16 hex digits of its SHA-256. */
export function textHashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Use {@link openRecord}. */
export class SimulatorRecord implements AsyncDisposable {
  readonly #remembered: Remembered;
  readonly #log: AppendLog | undefined;

  constructor(remembered: Remembered, log: AppendLog | undefined) {
    this.#remembered = remembered;
    this.#log = log;
  }

  /** Messages that arrived with this key, oldest first. */
  deliveriesOf(dedupKey: string): readonly Delivery[] {
    return this.#remembered.deliveriesOf(dedupKey);
  }

  /** Notes a request; answers which attempt with this key it is, from 1, once that is on disk. */
  async ask(request: SendRequest, at: number): Promise<number> {
    const { username: u, account: a, dedupKey: key } = request;
    const durable = this.#write({ e: "asked", u, a, key, at });
    const attempt = this.#remembered.attemptsOf(key);
    await durable;
    return attempt;
  }

  /** Puts the message into the person's inbox; answers its id once that is on disk. */
  async deliver(request: SendRequest, at: number): Promise<string> {
    const { username: u, account: a, dedupKey: key } = request;
    const id = messageIdOf(key, this.deliveriesOf(key).length + 1);
    await this.#write({ e: "delivered", u, a, key, at, text: textHashOf(request.text), id });
    return id;
  }

  /** The message of this id as it arrived; undefined when there is none any more. */
  messageOf(messageId: string): Delivery | undefined {
    return this.#remembered.messageOf(messageId);
  }

  /** Takes a message out of its inbox; resolves once that is on disk. */
  async takeBack(
    { username: u, account: a, dedupKey: key, messageId: id }: Delivery,
    at: number,
  ): Promise<void> {
    await this.#write({ e: "takenBack", u, a, key, at, id });
  }

  /** Puts another text in the place of a message's; resolves once that is on disk. */
  async mend(
    { username: u, account: a, dedupKey: key, messageId: id }: Delivery,
    { text, at }: { readonly text: string; readonly at: number },
  ): Promise<void> {
    await this.#write({ e: "mended", u, a, key, at, text: textHashOf(text), id });
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

  messageOf(messageId: string): Delivery | undefined {
    return this.#messages.get(messageId);
  }

  add(line: RecordLine): void {
    if (line.e === "takenBack") return void this.#messages.delete(line.id);
    if (line.e === "mended") return;
    const delivery = deliveryOf(line);
    if (delivery) {
      if (this.#parts.keepsDeliveries) {
        this.#messages.set(delivery.messageId, delivery);
        this.#deliveries.set(line.key, [...this.deliveriesOf(line.key), delivery]);
      }
      this.#parts.onDelivered(delivery);
    } else if (this.#parts.countsAttempts(line.u)) {
      this.#attempts.set(line.key, (this.#attempts.get(line.key) ?? 0) + 1);
    }
  }
}

/** The same for the same delivery in every run. */
function messageIdOf(dedupKey: string, delivery: number): string {
  const hash = createHash("sha256").update(`${dedupKey}\0${delivery}`).digest("hex");
  return `sim-${hash.slice(0, 12)}`;
}
