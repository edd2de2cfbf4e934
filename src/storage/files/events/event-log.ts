/**
 * Events in two files, `<name>.jsonl` and the one before it, each begun anew when it is full: a tail of what happened, for
 * whoever was away. Lines are gathered for a moment and written without a sync: an event costs the disk next to nothing.
 */
import type { FileHandle } from "node:fs/promises";
import { open, readFile, rename } from "node:fs/promises";
import { z } from "zod";
import type { Clock } from "../../../lib/clock.ts";
import { PRIVATE_FILE } from "../../../lib/files/private-files.ts";
import type { EventLog, EventsRead, Numbered } from "../../ports/events.ts";
import { NewestEvents } from "./newest-events.ts";

/** A file this big is the one before, and a new one begins, in bytes: some 30,000 events. */
const FULL_BYTES = 4 * 1024 * 1024;

/** How long lines are gathered, ms. */
const GATHER_MS = 100;

/** First line of a file: which format its lines have, and that all events up to `after` are older. */
const headSchema = z.object({ format: z.literal(1), after: z.number() });

/** What an event is, its owner says. */
const lineSchema = z.object({ n: z.number(), e: z.unknown() });

export interface EventLogParts<E> {
  /** Whether what was read is an event this version knows; others are passed over. */
  readonly isEvent: (value: unknown) => value is E;
  readonly clock: Clock;
  /** Called before each write; throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told what could not be written; those events are in memory alone. */
  readonly onProblem: (error: Error) => void;
  readonly fullBytes?: number;
}

interface Kept<E> {
  readonly after: number;
  readonly events: readonly Numbered<E>[];
}

/**
 * Opens the log at `<path>.jsonl`. Numbers go on from the clock's, so they grow also over a crash that lost the last ones.
 */
export async function openEventLog<E>(path: string, parts: EventLogParts<E>): Promise<FileEventLog<E>> {
  const { events, after } = await readKept(current(path), parts.isEvent);
  const last = events.at(-1)?.number ?? after;
  return new FileEventLog(path, parts, Math.max(last, parts.clock.now() * 1000));
}

export class FileEventLog<E> implements EventLog<E> {
  readonly #path: string;
  readonly #parts: EventLogParts<E>;
  readonly #newest: NewestEvents<E>;
  readonly #closing = new AbortController();
  #file: FileHandle | undefined;
  #bytes = 0;
  #lines: string[] = [];
  /** Number of the last event that is in a file. */
  #written: number;
  #writing: Promise<void> | undefined;
  #hasFailed = false;

  /** Use {@link openEventLog}. */
  constructor(path: string, parts: EventLogParts<E>, last: number) {
    this.#path = path;
    this.#parts = parts;
    this.#newest = new NewestEvents(last);
    this.#written = last;
  }

  last(): Promise<number> {
    return this.#newest.last();
  }

  async append(event: E): Promise<number> {
    const number = this.#newest.put(event);
    this.#lines.push(`${JSON.stringify({ n: number, e: event })}\n`);
    this.#writing ??= this.#writeSoon();
    return number;
  }

  async read(after: number, most: number): Promise<EventsRead<E>> {
    const { before } = this.#newest;
    if (after >= before) return this.#newest.read(after, most);
    const { isEvent } = this.#parts;
    const files = [
      await readKept(earlier(this.#path), isEvent),
      await readKept(current(this.#path), isEvent),
    ];
    const older = files
      .flatMap(({ events }) => events)
      .filter(({ number }) => number > after && number <= before);
    const newer = (await this.#newest.read(before, most)).events;
    const [oldest] = files.filter(({ events }) => events.length > 0);
    return { events: [...older, ...newer].slice(0, most), hasGap: after < (oldest?.after ?? 0) };
  }

  wait(after: number, signal: AbortSignal): Promise<void> {
    return this.#newest.wait(after, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#writing;
    await this.#file?.close();
  }

  async #writeSoon(): Promise<void> {
    while (this.#lines.length > 0) {
      await this.#parts.clock.sleep(GATHER_MS, this.#closing.signal).catch(() => undefined);
      const lines = this.#lines.splice(0);
      try {
        await this.#write(lines.join(""));
        this.#written += lines.length;
      } catch (error) {
        if (!this.#hasFailed)
          this.#parts.onProblem(error instanceof Error ? error : new Error(String(error)));
        this.#hasFailed = true;
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    this.#parts.beforeWrite?.();
    this.#file ??= await this.#begin();
    if (this.#bytes > (this.#parts.fullBytes ?? FULL_BYTES)) this.#file = await this.#beginAnew(this.#file);
    await this.#file.appendFile(text);
    this.#bytes += Buffer.byteLength(text);
  }

  async #beginAnew(full: FileHandle): Promise<FileHandle> {
    this.#file = undefined;
    await full.close();
    await rename(current(this.#path), earlier(this.#path));
    return this.#begin();
  }

  /** Goes on with the file there is, without what a crash left of a line. */
  async #begin(): Promise<FileHandle> {
    const file = await open(current(this.#path), "a+", PRIVATE_FILE);
    const kept = (await file.readFile()).lastIndexOf("\n") + 1;
    await file.truncate(kept);
    if (kept === 0) await file.appendFile(`${JSON.stringify({ format: 1, after: this.#written })}\n`);
    this.#bytes = kept;
    return file;
  }
}

function current(path: string): string {
  return `${path}.jsonl`;
}

function earlier(path: string): string {
  return `${path}-before.jsonl`;
}

async function readKept<E>(path: string, isEvent: (value: unknown) => value is E): Promise<Kept<E>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const [first, ...lines] = text.split("\n").map(parsed);
  const head = headSchema.safeParse(first);
  if (!head.success) return { after: 0, events: [] };
  const events = lines.flatMap((line): Numbered<E>[] => {
    const read = lineSchema.safeParse(line);
    return read.success && isEvent(read.data.e) ? [{ number: read.data.n, event: read.data.e }] : [];
  });
  return { after: head.data.after, events };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // an empty one, or what a crash left of one
  }
}
