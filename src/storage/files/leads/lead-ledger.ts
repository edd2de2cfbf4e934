/**
 * One list of leads in `data/leads/<list>/leads.jsonl`: one line an entry, only ever appended, folded on opening. A page
 * is one line, so after a crash either all of it is there, people and cursor, or none. In memory is who is in the list,
 * some fifty bytes a person; what is known of them stays in the file.
 *
 * After a failed write nobody knows what the disk holds: the next write first reads the file anew, and a page that did
 * get there is recognised by its cursor.
 */
import { join } from "node:path";
import type { LeadListState, ListName } from "../../../domain/collecting/collection.ts";
import { leadListSummary } from "../../../domain/collecting/collection.ts";
import type { DeliveredLead } from "../../../domain/collecting/delivered-leads.ts";
import { deliveredLeads } from "../../../domain/collecting/delivered-leads.ts";
import type { ExactCountTracking } from "../../../domain/collecting/exact-count-tracking.ts";
import { trackingText } from "../../../domain/collecting/exact-count-tracking.ts";
import type { Lead, Target } from "../../../domain/collecting/lead.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { lineStream } from "../../../lib/log/line-stream.ts";
import type { LogFile } from "../../../lib/log/log-file.ts";
import type { LeadLedger, LeadNote, PageTaken, PageTaking } from "../../ports/leads.ts";
import { entryOfPage, takenBy } from "../../ports/documents/page-entry.ts";
import { parseLeadLine } from "../../ports/documents/lead-line.ts";
import { LEADS_FILE, OverviewWriter, TRACKING_FILE } from "./lead-overview.ts";

export interface LeadLedgerParts {
  readonly list: ListName;
  /** Of this list; it exists. */
  readonly folder: string;
  readonly beforeWrite: () => void;
  /** Opens the log's file; tests pass one that fails. */
  readonly openFile?: (path: string) => Promise<LogFile>;
  /** Told when a cache of the list could not be written; nothing is lost by it. */
  readonly onProblem: (error: Error) => void;
}

interface Opened {
  readonly fold: LeadFold;
  readonly log: AppendLog;
}

/** Opens a list's ledger, or begins it in its folder. */
export async function openLeadLedger(parts: LeadLedgerParts): Promise<FileLeadLedger> {
  return new FileLeadLedger(parts, await openFolded(parts));
}

async function openFolded({ folder, beforeWrite, openFile }: LeadLedgerParts): Promise<Opened> {
  const fold = new LeadFold(() => new IdNumbers());
  const log = await openAppendLog(join(folder, LEADS_FILE), {
    beforeWrite,
    ...(openFile ? { openFile } : {}),
    onLine: (line) => fold.apply(parseLeadLine(line)),
  });
  return { fold, log };
}

export class FileLeadLedger implements LeadLedger {
  readonly #parts: LeadLedgerParts;
  readonly #overview: OverviewWriter;
  #opened: Opened;
  /** Set while the file is read anew after a failed write, and while that still has to be done. */
  #reopening: Promise<void> | "due" | undefined;
  #lastAt = 0;

  /** Use {@link openLeadLedger}. */
  constructor(parts: LeadLedgerParts, opened: Opened) {
    this.#parts = parts;
    this.#opened = opened;
    this.#overview = new OverviewWriter(parts.folder, parts.beforeWrite);
  }

  get list(): ListName {
    return this.#parts.list;
  }

  async state(): Promise<LeadListState> {
    return this.#opened.fold;
  }

  /** Resolves when the state is what the file holds; after a failed write that is read anew. */
  async ready(): Promise<void> {
    if (this.#reopening === "due") this.#reopening = this.#reopen();
    await this.#reopening;
  }

  async details(): Promise<readonly string[]> {
    return this.#opened.fold.details;
  }

  async callsTo(source: string): Promise<readonly number[]> {
    return this.#opened.fold.callsTo(source);
  }

  async spareFor(targets: readonly Target[], perTarget?: number): Promise<number> {
    return this.#opened.fold.spareFor(targets, perTarget);
  }

  async join(targets: readonly Target[], at: number): Promise<readonly number[]> {
    await this.ready();
    const { fold } = this.#opened;
    const joining: Promise<void>[] = [];
    const numbers = targets.map((target) => {
      const known = fold.targetNumber(target);
      if (known !== undefined) return known;
      joining.push(this.#append({ t: "target", ...target, at }));
      return fold.targets.length - 1;
    });
    await Promise.all(joining);
    return numbers;
  }

  async takePage(taking: PageTaking): Promise<PageTaken> {
    await this.ready();
    const { fold } = this.#opened;
    const entry = entryOfPage(fold, taking);
    if (!entry) return { kind: "outdated" };
    await this.#append(entry);
    return takenBy(entry);
  }

  async save(target: number, lead: Lead, at: number): Promise<boolean> {
    await this.ready();
    const { fresh } = this.#opened.fold.sort(target, [lead]);
    if (fresh.length === 0) return false;
    await this.#append({ t: "saved", k: target, leads: fresh, at });
    return true;
  }

  async note(entry: LeadNote): Promise<void> {
    await this.ready();
    await this.#append(entry);
    // Whoever starts the program next finds by the summary which requests are under way.
    if (entry.t !== "fault" && entry.t !== "cycle") await this.#writeOverview();
  }

  async reset(targets: readonly number[], at: number, ask?: string): Promise<void> {
    await this.ready();
    const { fold } = this.#opened;
    const due = targets.filter((k) => ask === undefined || !fold.wasReset(k, ask));
    const asked = ask === undefined ? {} : { ask };
    await Promise.all(due.map((k) => this.#append({ t: "reset", k, ...asked, at })));
    await this.#writeOverview();
  }

  async keepTracking(tracking: ExactCountTracking): Promise<void> {
    const { folder, beforeWrite } = this.#parts;
    beforeWrite();
    await writeFileAtomically(join(folder, TRACKING_FILE), trackingText(tracking));
  }

  delivered(): AsyncIterable<DeliveredLead> {
    return deliveredLeads(this.entries());
  }

  async *entries(): AsyncGenerator<LeadEntry> {
    await this.ready();
    const { folder } = this.#parts;
    for await (const lines of lineStream(join(folder, LEADS_FILE), this.#opened.log.size))
      for (const line of lines) yield parseLeadLine(line);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#overview.idle();
    await this.#opened.log[Symbol.asyncDispose]();
  }

  /** Puts an entry into memory and on disk; who asks next knows of it at once. */
  async #append(entry: LeadEntry): Promise<void> {
    const { fold, log } = this.#opened;
    fold.apply(entry);
    this.#lastAt = entry.at;
    try {
      await log.append(JSON.stringify(entry));
    } catch (error) {
      if (this.#opened.log === log) this.#reopening ??= "due";
      throw error;
    }
    if (entry.t === "page" || entry.t === "saved")
      this.#writeOverview().catch((error: Error) => this.#parts.onProblem(error));
  }

  #writeOverview(): Promise<void> {
    return this.#overview.write(() => {
      const state = this.#opened.fold;
      const summary = leadListSummary(this.list, state, this.#lastAt);
      return { state, summary: { ...summary, logBytes: this.#opened.log.size } };
    });
  }

  async #reopen(): Promise<void> {
    try {
      await this.#opened.log[Symbol.asyncDispose]();
      this.#opened = await openFolded(this.#parts);
      this.#reopening = undefined;
    } catch (error) {
      this.#reopening = "due";
      throw error;
    }
  }
}
