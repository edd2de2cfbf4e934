/**
 * What people answered, in `data/answers.jsonl`: one line an answer, durable before anybody is told of it. The file is only
 * appended to, but for the erasing of a person: then it is written anew without them. All of it is in memory.
 */
import type { Answer, NewAnswer, WhoAnswered } from "../../../domain/people/answer.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import type { AnswerReads, AnswerStore } from "../../ports/answers.ts";
import { answerLine, keepLine } from "./answer-line.ts";
import { StoredAnswers } from "./stored-answers.ts";

/** The file in the data folder. */
export const ANSWERS_FILE = "answers.jsonl";

interface Guards {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  readonly onProblem?: (error: Error) => void;
}

/** Opens the store. */
export async function openAnswerStore(path: string, guards: Guards = {}): Promise<FileAnswerStore> {
  const { beforeWrite = () => undefined, onProblem = () => undefined } = guards;
  const stored = new StoredAnswers();
  const log = await openMendedLog(path, {
    outlivesFullDisk: true,
    beforeWrite,
    onLine: stored.take,
    onSetAside: (setAside) => onProblem(setAsideError(setAside)),
  });
  return new FileAnswerStore({ path, beforeWrite, stored, log });
}

/** Reads what is kept without opening it: what the process that owns it has written down so far. */
export async function readAnswers(path: string): Promise<AnswerReads> {
  const stored = new StoredAnswers();
  await readLogTail(path, LOG_START, stored.take);
  return stored;
}

interface Parts {
  readonly path: string;
  readonly beforeWrite: () => void;
  readonly stored: StoredAnswers;
  readonly log: AppendLog;
}

export class FileAnswerStore implements AnswerStore {
  readonly #parts: Omit<Parts, "log">;
  #log: AppendLog;
  /** The file is being written anew: whoever writes waits for it. */
  #erasing: Promise<void> = Promise.resolve();

  /** Use {@link openAnswerStore}. */
  constructor({ log, ...parts }: Parts) {
    this.#parts = parts;
    this.#log = log;
  }

  get = (number: number) => this.#parts.stored.get(number);
  after = (number: number, count: number) => this.#parts.stored.after(number, count);
  byPerson = (who: WhoAnswered) => this.#parts.stored.byPerson(who);
  byCampaign = (id?: string) => this.#parts.stored.byCampaign(id);
  answered = (id: string) => this.#parts.stored.answered(id);
  lastNumber = () => this.#parts.stored.lastNumber();
  kept = () => this.#parts.stored.kept();

  /** For what is asked in the step that claims; as {@link AnswerBook.lastFrom}. */
  lastFrom(channel: string, names: readonly string[]): number | undefined {
    return this.#parts.stored.book.lastFrom(channel, names);
  }

  async append(given: NewAnswer): Promise<Answer | undefined> {
    await this.#erasing;
    const { book } = this.#parts.stored;
    if (book.has(given)) return undefined;
    const answer = { ...given, number: book.lastNumber + 1 };
    // Known at once: it binds the next claim, before it is even on disk.
    book.put(answer);
    await this.#log.append(answerLine(answer));
    return answer;
  }

  async keep(channel: string, isOn: boolean): Promise<void> {
    await this.#erasing;
    this.#parts.stored.channels.set(channel, isOn);
    await this.#log.append(keepLine(channel, isOn));
  }

  async erase(who: WhoAnswered): Promise<number> {
    const count = this.#parts.stored.book.erase(who);
    const erased = this.#erasing.then(() => this.#writeAnew());
    this.#erasing = erased.catch(() => undefined);
    await erased;
    return count;
  }

  /** After a crash the file is the old one or the new one. */
  async #writeAnew(): Promise<void> {
    const { path, beforeWrite, stored } = this.#parts;
    await this.#log[Symbol.asyncDispose]();
    beforeWrite();
    const lines = [
      ...[...stored.channels].map(([channel, isOn]) => keepLine(channel, isOn)),
      ...stored.book.all().map(answerLine),
    ];
    try {
      await writeFileAtomically(path, lines.map((line) => `${line}\n`).join(""));
    } finally {
      this.#log = await openAppendLog(path, { outlivesFullDisk: true, beforeWrite });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#erasing;
    await this.#log[Symbol.asyncDispose]();
  }
}
