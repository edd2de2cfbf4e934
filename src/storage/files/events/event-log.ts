/**
 * Events in two files, `<name>.jsonl` and the one before it, each begun anew when it is full: a tail of what happened, for
 * whoever was away. Lines are gathered for a moment and written without a sync, so an event costs the disk next to nothing;
 * whoever tells others of them has them made durable first. The last line says that it was closed: where it is missing, the
 * end of a process cut something off, and what the records know beyond it is still to be told.
 */
import { open, readFile, rename } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Clock } from "../../../lib/clock.ts";
import { PRIVATE_FILE } from "../../../lib/files/private-files.ts";
import { syncFolder } from "../../../lib/files/sync-folder.ts";
import type { EventsRead, Numbered, OutcomeLog } from "../../ports/events.ts";
import { NewestEvents } from "./newest-events.ts";

/** A file this big is the one before, and a new one begins, in bytes: some 30,000 events. */
const FULL_BYTES = 4 * 1024 * 1024;

/** How long lines are gathered, ms. */
const GATHER_MS = 100;

/** First line of a file: which format its lines have, and that all events up to `after` are older. */
export const headSchema = z.object({ format: z.literal(1), after: z.number() });

/** What an event is, its owner says. */
export const lineSchema = z.object({ n: z.number(), e: z.unknown() });

/** Last line of a log that was closed in order. */
export const CLOSED = '{"closed":true}';
const CLOSED_LINE = `${CLOSED}\n`;

export interface EventLogParts<E> {
  /** Whether what was read is an event this version knows; others are passed over. */
  readonly isEvent: (value: unknown) => value is E;
  readonly clock: Clock;
  /** Called before each write; throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told once what can't be written; it is tried again with the next event. */
  readonly onProblem: (error: Error) => void;
  readonly fullBytes?: number;
}

interface Kept<E> {
  readonly after: number;
  readonly events: readonly Numbered<E>[];
  /** Its last line says that it was closed in order. */
  readonly isClosed: boolean;
}

/**
 * Opens the log at `<path>.jsonl`. Numbers go on from the clock's, so they grow also over a crash that lost the last ones.
 */
export async function openEventLog<E>(path: string, parts: EventLogParts<E>): Promise<FileEventLog<E>> {
  const { events, after, isClosed } = await readKept(eventFiles(path).current, parts.isEvent);
  const last = events.at(-1)?.number ?? after;
  if (isClosed) await reopen(path, parts.beforeWrite);
  return new FileEventLog(path, parts, { last: Math.max(last, parts.clock.now() * 1000), wasCut: !isClosed });
}

/** From now on it is not closed, also for whoever comes after a kill. */
async function reopen(path: string, beforeWrite?: () => void): Promise<void> {
  beforeWrite?.();
  const file = await open(eventFiles(path).current, "r+");
  try {
    await file.truncate((await file.stat()).size - CLOSED_LINE.length);
    await file.datasync();
  } finally {
    await file.close();
  }
}

export class FileEventLog<E> implements OutcomeLog<E> {
  /** It was not closed in order the last time, or is new. */
  readonly wasCut: boolean;
  readonly tellsEndings = false;
  readonly #path: string;
  readonly #parts: EventLogParts<E>;
  readonly #newest: NewestEvents<E>;
  readonly #closing = new AbortController();
  #file: FileHandle | undefined;
  #bytes = 0;
  #lines: string[] = [];
  /** Number of the last event that is in a file, and of the last one that is durable. */
  #written: number;
  #durable: number;
  #gathering: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #hasFailed = false;
  #isWhole: boolean;

  /** Use {@link openEventLog}. */
  constructor(
    path: string,
    parts: EventLogParts<E>,
    found: { readonly last: number; readonly wasCut: boolean },
  ) {
    this.wasCut = found.wasCut;
    this.#isWhole = !found.wasCut;
    this.#path = path;
    this.#parts = parts;
    this.#newest = new NewestEvents(found.last);
    this.#written = found.last;
    this.#durable = found.last;
  }

  last(): Promise<number> {
    return this.#newest.last();
  }

  async append(event: E): Promise<number> {
    const number = this.#newest.put(event);
    this.#lines.push(`${JSON.stringify({ n: number, e: event })}\n`);
    this.#gathering ??= this.#writeSoon();
    return number;
  }

  async read(after: number, most: number): Promise<EventsRead<E>> {
    const { before } = this.#newest;
    if (after >= before) return this.#newest.read(after, most);
    const { isEvent } = this.#parts;
    const files = [
      await readKept(eventFiles(this.#path).before, isEvent),
      await readKept(eventFiles(this.#path).current, isEvent),
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

  /** What was cut off is told. Until then closing it says nothing: whoever comes next has it to tell. */
  madeWhole(): void {
    this.#isWhole = true;
  }

  async sync(): Promise<void> {
    const last = await this.#newest.last();
    if (last <= this.#durable) return;
    await this.#inTurn(async () => {
      if (last <= this.#durable) return;
      await this.#writeGathered();
      const written = this.#written;
      await this.#file?.datasync();
      this.#durable = Math.max(this.#durable, written);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#gathering;
    await this.#inTurn(async () => {
      if (this.#isWhole && this.#lines.length === 0) await this.#write(CLOSED_LINE);
      await this.#file?.datasync();
    }).catch(() => undefined);
    await this.#file?.close();
  }

  async #writeSoon(): Promise<void> {
    while (this.#lines.length > 0) {
      await this.#parts.clock.sleep(GATHER_MS, this.#closing.signal).catch(() => undefined);
      const isWritten = await this.#inTurn(() => this.#writeGathered()).then(
        () => true,
        (error: unknown) => this.#say(error),
      );
      if (!isWritten) break;
    }
    this.#gathering = undefined;
  }

  /** What can't be written stays, and is written with what comes next. */
  async #writeGathered(): Promise<void> {
    const lines = this.#lines;
    if (lines.length === 0) return;
    this.#lines = [];
    try {
      await this.#write(lines.join(""));
      this.#written += lines.length;
      this.#hasFailed = false;
    } catch (error) {
      this.#lines = [...lines, ...this.#lines];
      throw error;
    }
  }

  #say(error: unknown): false {
    if (!this.#hasFailed) this.#parts.onProblem(error instanceof Error ? error : new Error(String(error)));
    this.#hasFailed = true;
    return false;
  }

  /** One write at a time. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #write(text: string): Promise<void> {
    this.#parts.beforeWrite?.();
    this.#file ??= await this.#begin();
    if (this.#bytes > (this.#parts.fullBytes ?? FULL_BYTES)) this.#file = await this.#beginAnew(this.#file);
    try {
      await this.#file.appendFile(text);
    } catch (error) {
      await this.#file.truncate(this.#bytes).catch(() => undefined);
      throw error;
    }
    this.#bytes += Buffer.byteLength(text);
  }

  async #beginAnew(full: FileHandle): Promise<FileHandle> {
    this.#file = undefined;
    await full.datasync();
    await full.close();
    await rename(eventFiles(this.#path).current, eventFiles(this.#path).before);
    return this.#begin();
  }

  /** Goes on with the file there is, without what a crash left of a line. */
  async #begin(): Promise<FileHandle> {
    const file = await open(eventFiles(this.#path).current, "a+", PRIVATE_FILE);
    try {
      await this.#goOnIn(file);
    } catch (error) {
      await file.close();
      throw error;
    }
    return file;
  }

  async #goOnIn(file: FileHandle): Promise<void> {
    const kept = (await file.readFile()).lastIndexOf("\n") + 1;
    await file.truncate(kept);
    const head = kept === 0 ? `${JSON.stringify({ format: 1, after: this.#written })}\n` : "";
    await file.appendFile(head);
    if (kept === 0) await syncFolder(dirname(this.#path));
    this.#bytes = kept + head.length;
  }
}

/** What the files of a log are called. */
export function eventFiles(path: string) {
  return { current: `${path}.jsonl`, before: `${path}-before.jsonl` };
}

async function readKept<E>(path: string, isEvent: (value: unknown) => value is E): Promise<Kept<E>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const [first, ...lines] = text.split("\n").map(parsed);
  const head = headSchema.safeParse(first);
  const isClosed = text.endsWith(CLOSED_LINE);
  if (!head.success) return { after: 0, events: [], isClosed };
  const events = lines.flatMap((line): Numbered<E>[] => {
    const read = lineSchema.safeParse(line);
    return read.success && isEvent(read.data.e) ? [{ number: read.data.n, event: read.data.e }] : [];
  });
  return { after: head.data.after, events, isClosed };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // an empty one, or what a crash left of one
  }
}
