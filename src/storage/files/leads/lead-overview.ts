/**
 * Two small files beside a list's log, for whoever doesn't want to read all of it: `summary.json` sums the list up, and
 * `pagination_state.json` says where each target stands, under `followers_<name>`, `commenters_<post id>` and the like.
 * Both are caches of the log and never the truth; they are rewritten after a change, several changes at once.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { LeadListState, LeadListSummary } from "../../../domain/collecting/collection.ts";
import { targetKey } from "../../../domain/collecting/lead.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { DocumentFormat } from "../../../lib/files/stored-document.ts";
import { BrokenDocumentError, readDocument } from "../../../lib/files/stored-document.ts";
import { summarySchema } from "../../ports/documents/lead-line.ts";

/** The log that both files are made from. */
export const LEADS_FILE = "leads.jsonl";
const SUMMARY_FILE = "summary.json";
/** Where each target stands, for other tools. */
export const PAGINATION_FILE = "pagination_state.json";

/** How the latest request that ended came about, call by call. */
export const TRACKING_FILE = "exact_count_tracking.json";

/** A summary with the size of the log it sums up, by which one is known that is out of date. */
type WrittenSummary = LeadListSummary & { readonly logBytes: number };

const summaryFormat: DocumentFormat<WrittenSummary> = {
  version: 1,
  schema: summarySchema.extend({ logBytes: z.number() }),
};

/** Reads a list's summary; undefined when there is none that says all that is in the log, so that the log is read instead. */
export async function readSummary(folder: string): Promise<LeadListSummary | undefined> {
  try {
    const written = await readDocument(join(folder, SUMMARY_FILE), summaryFormat);
    const log = await stat(join(folder, LEADS_FILE)).catch(() => undefined);
    return written?.logBytes === log?.size ? written : undefined;
  } catch (error) {
    if (error instanceof BrokenDocumentError) return undefined;
    throw error;
  }
}

/** What both files are made from. */
export interface Overview {
  readonly summary: WrittenSummary;
  readonly state: LeadListState;
}

/** Keeps both files up with the list. */
export class OverviewWriter {
  readonly #folder: string;
  readonly #beforeWrite: () => void;
  #wanted: (() => Overview) | undefined;
  #writing: Promise<void> | undefined;

  constructor(folder: string, beforeWrite: () => void) {
    this.#folder = folder;
    this.#beforeWrite = beforeWrite;
  }

  /** Resolves when both files say what the overview says by then; what is wanted meanwhile shares a write. */
  write(overview: () => Overview): Promise<void> {
    this.#wanted = overview;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  /** Resolves when nothing is being written; failures were told to whoever asked for the write. */
  async idle(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  async #writeAll(): Promise<void> {
    while (this.#wanted) {
      const { summary, state } = this.#wanted();
      this.#wanted = undefined;
      this.#beforeWrite();
      const document = { version: summaryFormat.version, value: summary };
      await writeFileAtomically(join(this.#folder, SUMMARY_FILE), `${JSON.stringify(document, null, 2)}\n`);
      this.#beforeWrite();
      await writeFileAtomically(join(this.#folder, PAGINATION_FILE), paginationState(state));
    }
  }
}

/** The text of the pagination state: `{"followers_<name>": {"completed", "last_processed", "collected_count", "cursor"}}`. */
function paginationState({ targets }: LeadListState): string {
  const entries = targets.map(({ target, end, lastPageAt, found, cursor }) => [
    targetKey(target),
    {
      completed: end === "exhausted",
      last_processed: lastPageAt === undefined ? null : new Date(lastPageAt).toISOString(),
      collected_count: found,
      cursor: cursor ?? null,
    },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
