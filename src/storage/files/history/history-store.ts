/**
 * The history in files: its entries in `data/history/entries.jsonl`, only ever appended; their names beside them, the key of
 * the seals, and the head apart. Owns these files; promises that an entry is on disk, with its names before it and its head
 * behind it, when `append` resolves, and that a history which is not whole takes more all the same: the doctor tells.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { EntryContent } from "../../../domain/history/entry.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { Document } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import type { HistoryStore } from "../../ports/history.ts";
import {
  hashOfName,
  lineOf,
  namesIn,
  printOf,
  sealWith,
  withNames,
} from "../../ports/documents/history-line.ts";
import { noteHistory } from "../folder/identity.ts";
import { headFormat, historyPaths, keyIn, linksIn, lookAtHistory, namesFormat } from "./history-reads.ts";
import type { ChainHead } from "../../../domain/history/chain.ts";

const NEWLINE = 10;
const NO_HEAD: ChainHead = { count: 0, seal: "" };

interface Guards {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told what of it had to be set aside. */
  readonly onProblem?: (error: Error) => void;
}

export interface OpenHistory extends HistoryStore, AsyncDisposable {}

/** Opens the history of a data folder that exists, or begins it. */
export async function openHistoryStore(dataDir: string, guards: Guards = {}): Promise<OpenHistory> {
  const paths = historyPaths(dataDir);
  await createFolder(dirname(paths.entries));
  const { beforeWrite, onProblem = () => undefined } = guards;
  const kept = {
    ...(beforeWrite ? { beforeWrite } : {}),
    onSetAside: (error: Error) => onProblem(error),
  };
  const last = (await linksIn(paths.entries)).findLast((one) => one !== undefined);
  const known = await keyIn(paths.key);
  const head = await openDocument(paths.head, { ...headFormat, ...kept, initial: NO_HEAD });
  // The head is there before the key is: where there is none any more, somebody took it, and the one made anew says so.
  if (head.get() === NO_HEAD)
    await head.update(() => ({
      count: last?.n ?? 0,
      seal: last?.seal ?? "",
      ...(known === undefined && !last ? {} : { anewAt: last?.n ?? 0 }),
    }));
  const key = known ?? (await newKey(paths.key));
  await noteHistory(dataDir, printOf(key), beforeWrite);
  return new FileHistory({
    key,
    head,
    names: await openDocument(paths.names, { ...namesFormat, ...kept, initial: {} }),
    log: await openAppendLog(paths.entries, {
      ...(beforeWrite ? { beforeWrite } : {}),
      outlivesFullDisk: true,
      // A damaged entry keeps nobody from his deeds; only half a line at the end is looked for.
      from: await lastLine(paths.entries),
    }),
    last: { count: Math.max(last?.n ?? 0, head.get().count), seal: last?.seal ?? "" },
    reads: lookAtHistory(dataDir),
  });
}

function without<T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));
}

async function newKey(path: string): Promise<string> {
  const key = randomBytes(32).toString("base64url");
  await writeFileAtomically(path, `${key}\n`);
  return key;
}

async function lastLine(path: string) {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const offset = bytes.lastIndexOf(NEWLINE) + 1;
  return { offset, lines: bytes.subarray(0, offset).filter((byte) => byte === NEWLINE).length };
}

interface Opened {
  readonly key: string;
  readonly head: Document<ChainHead>;
  readonly names: Document<Readonly<Record<string, string>>>;
  readonly log: AppendLog;
  /** Numbers of entries that are gone are not given again, so that the gap is seen. */
  readonly last: ChainHead;
  readonly reads: ReturnType<typeof lookAtHistory>;
}

class FileHistory implements OpenHistory {
  readonly #opened: Opened;
  #last: ChainHead;
  /** One after another: each is sealed behind the one before. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#last = opened.last;
  }

  append(content: EntryContent, at: number): Promise<number> {
    const done = this.#turn.then(() => this.#append(content, at));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #append(content: EntryContent, at: number): Promise<number> {
    const { key, log, head } = this.#opened;
    const hashes = new Map(namesIn(content).map((name) => [name, hashOfName(key, name)]));
    await this.#keepNames(hashes);
    const n = this.#last.count + 1;
    const text = JSON.stringify({ n, at, ...withNames(content, (name) => hashes.get(name)) });
    const seal = sealWith(key)(this.#last.seal, text);
    await log.append(lineOf({ n, before: this.#last.seal, seal, text }));
    this.#last = { count: n, seal };
    await head.update((before) => ({ ...before, ...this.#last }));
    return n;
  }

  async #keepNames(hashes: ReadonlyMap<string, string>): Promise<void> {
    const { names } = this.#opened;
    const known = names.get();
    const fresh = [...hashes]
      .filter(([name, hash]) => known[hash] !== name)
      .map(([name, hash]) => [hash, name]);
    if (fresh.length > 0) await names.update((before) => ({ ...before, ...Object.fromEntries(fresh) }));
  }

  async erase(name: string): Promise<boolean> {
    const { key, names } = this.#opened;
    const hash = hashOfName(key, name);
    const isKnown = names.get()[hash] !== undefined;
    if (isKnown) await names.update((before) => without(before, hash));
    return isKnown;
  }

  entries(person?: string) {
    return this.#opened.reads.entries(person);
  }

  state() {
    return this.#opened.reads.state();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    await this.#opened.log[Symbol.asyncDispose]();
  }
}
