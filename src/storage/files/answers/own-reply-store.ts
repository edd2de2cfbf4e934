/** What operators wrote back, in `data/own-replies.jsonl`: one line a change, all of it in memory. */
import { z } from "zod";
import type { AskedReply, OwnReply, ReplyEnding, ReplyEntry } from "../../../domain/people/own-reply.ts";
import { OwnReplyBook, isOpenReply } from "../../../domain/people/own-reply.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import type { OwnReplyStore } from "../../ports/own-replies.ts";
import { reason } from "../../ports/documents/reason-schema.ts";

/** The file in the data folder. */
export const OWN_REPLIES_FILE = "own-replies.jsonl";

const about = { id: z.string(), at: z.number() };
const ending: z.ZodType<ReplyEnding> = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("sent"), messageId: z.string() }),
  z.strictObject({ state: z.literal("failed"), why: reason }),
  z.strictObject({
    state: z.literal("uncertain"),
    why: reason,
    isLeft: z.literal(true).exactOptional(),
  }),
  z.strictObject({ state: z.literal("planned"), why: reason }),
]);
const entrySchema: z.ZodType<ReplyEntry> = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("ask"),
    ...about,
    answer: z.int().positive(),
    text: z.string(),
    by: z.string(),
  }),
  z.strictObject({ t: z.literal("claim"), ...about }),
  z.strictObject({ t: z.literal("end"), ...about, ending }),
  z.strictObject({ t: z.literal("told"), ...about }),
]);

/** Reads one line; throws when it is none. */
export function parseReplyEntry(line: string): ReplyEntry {
  return entrySchema.parse(JSON.parse(line));
}

/**
 * Opens the store. A line that can't be read is set aside, and since it may have been a claim, nothing that was open goes
 * out any more: it may have arrived.
 */
export async function openOwnReplyStore(
  path: string,
  beforeWrite: () => void = () => undefined,
  onProblem: (error: Error) => void = () => undefined,
): Promise<OwnReplyStore> {
  const book = new OwnReplyBook();
  let isDamaged = false;
  const log = await openMendedLog(path, {
    beforeWrite,
    onLine: (line) => void book.apply(parseReplyEntry(line)),
    onSetAside: (setAside) => {
      isDamaged = true;
      onProblem(setAsideError(setAside));
    },
  });
  const store = new FileOwnReplies(path, book, log, beforeWrite);
  const open = isDamaged ? (await store.open()).filter(isUnderWay) : [];
  for (const { id, since } of open)
    await store.settle(id, { state: "uncertain", why: "interruptedBeforeRecord" }, since);
  return store;
}

/**
 * Answers what was written back to an answer, by its number, without opening the store: as the file was when it was first
 * asked, for whoever looks once.
 */
export function lookAtOwnReplies(path: string): (answer: number) => Promise<readonly OwnReply[]> {
  let read: Promise<OwnReplyBook> | undefined;
  return async (number) => {
    const book = await (read ??= readBook(path));
    return book.all().filter(({ answer }) => answer === number);
  };
}

async function readBook(path: string): Promise<OwnReplyBook> {
  const book = new OwnReplyBook();
  await readLogTail(path, LOG_START, (line) => void book.apply(parseReplyEntry(line)));
  return book;
}

function isUnderWay({ state }: OwnReply): boolean {
  return state === "planned" || state === "claimed";
}

class FileOwnReplies implements OwnReplyStore {
  readonly #path: string;
  readonly #book: OwnReplyBook;
  readonly #beforeWrite: () => void;
  #log: AppendLog;
  /** The file is being written anew: whoever writes waits for it. */
  #erasing: Promise<void> = Promise.resolve();

  constructor(path: string, book: OwnReplyBook, log: AppendLog, beforeWrite: () => void) {
    this.#path = path;
    this.#book = book;
    this.#log = log;
    this.#beforeWrite = beforeWrite;
  }

  ask = (reply: AskedReply): Promise<boolean> => this.#record({ t: "ask", ...reply });
  claim = (id: string, at: number): Promise<boolean> => this.#record({ t: "claim", id, at });
  settle = (id: string, end: ReplyEnding, at: number): Promise<boolean> =>
    this.#record({ t: "end", id, ending: end, at });

  async told(id: string, at: number): Promise<void> {
    await this.#record({ t: "told", id, at });
  }

  async get(id: string): Promise<OwnReply | undefined> {
    return this.#book.get(id);
  }

  async to(answer: number): Promise<readonly OwnReply[]> {
    return this.#book.all().filter((one) => one.answer === answer);
  }

  async open(): Promise<readonly OwnReply[]> {
    return this.#book.all().filter(isOpenReply);
  }

  async erase(answers: readonly number[]): Promise<void> {
    this.#book.erase(new Set(answers));
    const erased = this.#erasing.then(() => this.#writeAnew());
    this.#erasing = erased.catch(() => undefined);
    await erased;
  }

  /** In memory at once, so that of two who claim one does; it counts when it is on disk. */
  async #record(entry: ReplyEntry): Promise<boolean> {
    await this.#erasing;
    if (!this.#book.apply(entry)) return false;
    await this.#log.append(JSON.stringify(entry));
    return true;
  }

  async #writeAnew(): Promise<void> {
    await this.#log[Symbol.asyncDispose]();
    this.#beforeWrite();
    const lines = this.#book.all().flatMap(entriesOf);
    try {
      await writeFileAtomically(this.#path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    } finally {
      this.#log = await openAppendLog(this.#path, { beforeWrite: this.#beforeWrite });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#erasing;
    await this.#log[Symbol.asyncDispose]();
  }
}

/** What leads to a reply as it stands. */
export function entriesOf({
  id,
  answer,
  text,
  by,
  at,
  state,
  since,
  why,
  messageId,
  claimedAt,
  isLeft,
  isTold,
}: OwnReply): ReplyEntry[] {
  const claim: ReplyEntry[] = claimedAt === undefined ? [] : [{ t: "claim", id, at: claimedAt }];
  const end = (ended: ReplyEnding): ReplyEntry => ({ t: "end", id, at: since, ending: ended });
  const ended = (): ReplyEntry[] => {
    switch (state) {
      case "planned":
        return why === undefined ? [] : [end({ state, why })];
      case "claimed":
        return claim;
      case "sent":
        return [...claim, end({ state, messageId: messageId ?? "" })];
      case "failed":
        return [...claim, end({ state, why: why ?? "unsaid" })];
      case "uncertain":
        return [...claim, end({ state, why: why ?? "unsaid", ...(isLeft ? { isLeft } : {}) })];
    }
  };
  return [
    { t: "ask", id, answer, text, by, at },
    ...ended(),
    ...(isTold ? [{ t: "told", id, at: since } as const] : []),
  ];
}
