/**
 * All lists of leads, each in a folder of `data/leads/`, and `finished.jsonl` beside them: one line for each request that
 * ended. Owns which lists there are; a list is opened once and stays open.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type {
  FinishedRequest,
  LeadListState,
  LeadListSummary,
  ListName,
} from "../../../domain/collecting/collection.ts";
import { isListName, leadListSummary } from "../../../domain/collecting/collection.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import type { LogFile } from "../../../lib/log/log-file.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import type { LeadLedger, LeadStore } from "../../ports/leads.ts";
import type { FileLeadLedger } from "./lead-ledger.ts";
import { openLeadLedger } from "./lead-ledger.ts";
import { finishedSchema } from "../../ports/documents/lead-line.ts";
import { readSummary } from "./lead-overview.ts";

export interface LeadStoreParts {
  /** Called right before each write; throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  readonly onProblem?: (error: Error) => void;
  readonly openFile?: (path: string) => Promise<LogFile>;
}

/** Where requests that ended are written down, over all lists. */
export const FINISHED_FILE = "finished.jsonl";

/** Reads one line of it; throws when it is none. */
export function parseFinished(line: string): FinishedRequest {
  return finishedSchema.parse(JSON.parse(line));
}

/** Opens the lists in `data/leads/`. */
export async function openLeadStore(folder: string, parts: LeadStoreParts = {}): Promise<FileLeadStore> {
  await createFolder(folder);
  const finished = new Map<string, FinishedRequest>();
  const { beforeWrite = () => undefined, openFile } = parts;
  const log = await openMendedLog(join(folder, FINISHED_FILE), {
    beforeWrite,
    onSetAside: (setAside) => parts.onProblem?.(setAsideError(setAside)),
    ...(openFile ? { openFile } : {}),
    onLine: (line) => keep(finished, parseFinished(line)),
  });
  return new FileLeadStore(folder, parts, { log, finished });
}

function keep(finished: Map<string, FinishedRequest>, request: FinishedRequest): void {
  finished.set(`${request.list}/${request.number}`, request);
}

export class FileLeadStore implements LeadStore {
  readonly #folder: string;
  readonly #parts: LeadStoreParts;
  readonly #book: { readonly log: AppendLog; readonly finished: Map<string, FinishedRequest> };
  readonly #open = new Map<ListName, Promise<FileLeadLedger>>();

  /** Use {@link openLeadStore}. */
  constructor(
    folder: string,
    parts: LeadStoreParts,
    book: { readonly log: AppendLog; readonly finished: Map<string, FinishedRequest> },
  ) {
    this.#folder = folder;
    this.#parts = parts;
    this.#book = book;
  }

  async summaries(): Promise<readonly LeadListSummary[]> {
    const summaries: LeadListSummary[] = [];
    for (const list of await this.#names()) {
      const summary = await this.#summaryOf(list).catch((error: Error) => this.#parts.onProblem?.(error));
      if (summary) summaries.push(summary);
    }
    return summaries.toSorted((a, b) => b.changedAt - a.changedAt);
  }

  async find(list: ListName): Promise<LeadLedger | undefined> {
    const isThere = this.#open.has(list) || (await this.#names()).includes(list);
    return isThere ? this.open(list) : undefined;
  }

  async open(list: ListName): Promise<LeadLedger> {
    const open = this.#open.get(list) ?? this.#openLedger(list);
    this.#open.set(list, open);
    open.catch(() => this.#open.delete(list));
    const ledger = await open;
    await ledger.ready().catch(() => undefined); // who writes to it next hears of what is still wrong
    return ledger;
  }

  async finished(): Promise<readonly FinishedRequest[]> {
    return [...this.#book.finished.values()];
  }

  async finish(request: FinishedRequest): Promise<void> {
    await this.#book.log.append(JSON.stringify(request));
    keep(this.#book.finished, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = await Promise.allSettled(this.#open.values());
    for (const one of open) if (one.status === "fulfilled") await one.value[Symbol.asyncDispose]();
    await this.#book.log[Symbol.asyncDispose]();
  }

  async #openLedger(list: ListName): Promise<FileLeadLedger> {
    if (!isListName(list)) throw new Error(`${JSON.stringify(list)} can't name a list`);
    const folder = join(this.#folder, list);
    await createFolder(folder);
    const { beforeWrite = () => undefined, onProblem = () => undefined, openFile } = this.#parts;
    return openLeadLedger({ list, folder, beforeWrite, onProblem, ...(openFile ? { openFile } : {}) });
  }

  async #names(): Promise<readonly ListName[]> {
    return listNamesIn(this.#folder);
  }

  /** An open list speaks for itself; of one whose request is not over, the log is asked. */
  async #summaryOf(list: ListName): Promise<LeadListSummary | undefined> {
    const written = this.#open.has(list) ? undefined : await readSummary(join(this.#folder, list));
    if (written && (!written.request || written.request.status.kind === "ended")) return written;
    const ledger = await this.find(list);
    if (!ledger) return undefined;
    const state = await ledger.state();
    return leadListSummary(list, state, written?.changedAt ?? lastMoment(state));
  }
}

/** The lists there are in `data/leads/`, which need not exist. */
export async function listNamesIn(folder: string): Promise<readonly ListName[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((one) => one.isDirectory() && isListName(one.name)).map(({ name }) => name);
}

/** When a list changed last, as far as its targets and its request tell. */
export function lastMoment({ targets, request }: LeadListState): number {
  const moments = targets.map(({ lastPageAt = 0 }) => lastPageAt);
  return Math.max(0, request?.startedAt ?? 0, ...moments);
}
