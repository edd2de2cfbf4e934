/** What a report tells about each recipient beyond its state: read from the journal when asked, kept nowhere else. */
import type { Entry } from "../../../domain/journal.ts";
import type { Ordinal, RecipientState } from "../../../domain/recipient.ts";
import { isLate, isLeftUncertain, transitionOf } from "../../../domain/transitions.ts";
import type { ResultRow } from "../../ports/ledger.ts";
import { readJournal } from "./journal-entry.ts";

type Told = Omit<ResultRow, "ordinal" | "username" | "variables">;

/** The last words on one recipient. */
interface Last {
  readonly account?: string;
  readonly attempts: number;
  readonly revision?: number;
  readonly language?: string | undefined;
  readonly entry: PersonalEntry;
}

type PersonalEntry = Extract<Entry, { readonly r: Ordinal }>;

export class JournalHistory {
  readonly #last: (Last | undefined)[];
  /** Everyone who was still planned then was skipped. */
  #cancelledAt: number | undefined;

  constructor(size: number) {
    this.#last = Array.from({ length: size });
  }

  add(entry: Entry): void {
    if (entry.t === "cancelAll") this.#cancelledAt = entry.at;
    if (!("r" in entry) || entry.t === "leaves") return;
    const before = this.#last[entry.r];
    if (before && isLateAfter(before.entry, entry)) return;
    const account = entry.t === "claim" ? entry.a : before?.account;
    const revision = entry.t === "claim" ? (entry.v ?? 0) : before?.revision;
    const language = entry.t === "claim" ? entry.l : before?.language;
    const attempts = entry.t === "claim" ? (before?.attempts ?? 0) + 1 : (before?.attempts ?? 0);
    this.#last[entry.r] = {
      attempts,
      entry,
      ...(account === undefined ? {} : { account }),
      ...(revision === undefined ? {} : { revision }),
      ...(language === undefined ? {} : { language }),
    };
  }

  /** What is told of one recipient that stands in the given state. */
  of(ordinal: Ordinal, state: RecipientState): Told {
    const last = this.#last[ordinal];
    if (!last) return { state, attempts: 0, ...this.#ifCancelled(state) };
    const { entry, attempts, account, revision, language } = last;
    return {
      state,
      attempts,
      at: entry.at,
      ...(account === undefined ? {} : { account }),
      ...(revision === undefined ? {} : { revision }),
      ...(language === undefined ? {} : { language }),
      ...(entry.t === "sent" && entry.id !== "" ? { messageId: entry.id } : {}),
      ...("why" in entry ? { why: entry.why } : {}),
      ...(entry.t === "skipped" ? skipOf(entry) : this.#ifCancelled(state)),
    };
  }

  #ifCancelled(state: RecipientState): Pick<Told, "skipReason"> {
    return state === "skipped" && this.#cancelledAt !== undefined ? { skipReason: "cancelled" } : {};
  }
}

function isLateAfter(before: PersonalEntry, entry: Entry): boolean {
  return isLate(entry, transitionOf(before).to, isLeftUncertain(before));
}

function skipOf({ reason, by }: Extract<Entry, { t: "skipped" }>): Pick<Told, "skipReason" | "skippedFor"> {
  return { skipReason: reason, ...(by === undefined ? {} : { skippedFor: by }) };
}

/** Reads a journal of `size` recipients from the start. */
export async function readHistory(path: string, size: number): Promise<JournalHistory> {
  const history = new JournalHistory(size);
  await readJournal(path, (entry) => history.add(entry));
  return history;
}
