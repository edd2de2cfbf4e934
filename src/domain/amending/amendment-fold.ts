/** What the record of a campaign's amendments comes to: each of them, and how everybody's message stands by all of them. */
import type { Ordinal } from "../recipient.ts";
import type { AmendedState, Amendment, AmendmentEntry } from "./amendment.ts";

/** How many of an amendment's people have which ending. */
export type AmendmentCounts = Readonly<Record<AmendedState["state"], number>>;

/** How one person's message stands after all amendments. */
export interface AmendedMessage {
  /** `maybe`: nobody knows, or it is being asked for at this moment. */
  readonly isTakenBack: "yes" | "maybe" | "no";
  /** The last amendment that put another text in its place, or may have; absent: none. */
  readonly mended?: { readonly number: number; readonly isSure: boolean };
  /** The last word on it. */
  readonly last: AmendedState;
}

export class AmendmentFold {
  readonly #amendments = new Map<number, Amendment>();
  readonly #states = new Map<Ordinal, Map<number, AmendedState>>();
  readonly #totals = { takenBack: 0, mended: 0 };
  readonly #counts = new Map<number, Record<AmendedState["state"], number>>();

  /** Takes the next entry; answers false, and changes nothing, for one that fits nothing before it. */
  apply(entry: AmendmentEntry): boolean {
    if (entry.t === "begin") return this.#begin(entry);
    const amendment = this.#amendments.get(entry.n);
    if (!amendment) return false;
    if (entry.t !== "status") return this.#settle(amendment, entry);
    const { why: _, ...kept } = amendment;
    const { status, why } = entry;
    this.#amendments.set(entry.n, { ...kept, status, ...(why === undefined ? {} : { why }) });
    return true;
  }

  #begin(entry: Extract<AmendmentEntry, { t: "begin" }>): boolean {
    const { t: _, n: number, ...said } = entry;
    if (this.#amendments.has(number)) return false;
    this.#amendments.set(number, { number, ...said, status: "running" });
    this.#counts.set(number, { claimed: 0, done: 0, kept: 0, uncertain: 0 });
    return true;
  }

  #settle({ number, kind }: Amendment, entry: Exclude<AmendmentEntry, { t: "begin" | "status" }>): boolean {
    const stood = groupOf(this.of(entry.r));
    const of = this.#states.get(entry.r) ?? new Map<number, AmendedState>();
    this.#states.set(entry.r, of);
    const before = of.get(number);
    const counts = this.#counts.get(number);
    if (before && counts) counts[before.state]--;
    const state = entry.t === "claim" ? "claimed" : entry.t;
    if (counts) counts[state]++;
    const why = "why" in entry ? { why: entry.why } : {};
    // The order of the map is that of the last words.
    of.delete(number);
    of.set(number, { number, kind, state, ...why, at: entry.at });
    if (stood) this.#totals[stood]--;
    const stands = groupOf(this.of(entry.r));
    if (stands) this.#totals[stands]++;
    return true;
  }

  /** All amendments, oldest first. */
  get all(): readonly Amendment[] {
    return [...this.#amendments.values()];
  }

  get(number: number): Amendment | undefined {
    return this.#amendments.get(number);
  }

  /** The one that runs or is paused; there is one at a time. */
  get open(): Amendment | undefined {
    return this.all.findLast(({ status }) => status === "running" || status === "paused");
  }

  counts(number: number): AmendmentCounts {
    return this.#counts.get(number) ?? { claimed: 0, done: 0, kept: 0, uncertain: 0 };
  }

  /** How somebody's message fared in one amendment; undefined while it was not asked about. */
  stateIn(number: number, ordinal: Ordinal): AmendedState | undefined {
    return this.#states.get(ordinal)?.get(number);
  }

  /** How somebody's message stands; undefined when no amendment was ever about it. */
  of(ordinal: Ordinal): AmendedMessage | undefined {
    const states = [...(this.#states.get(ordinal)?.values() ?? [])];
    const last = states.at(-1);
    if (!last) return undefined;
    const back = states.filter(({ kind, state }) => kind === "takeBack" && state !== "kept");
    const mend = states.findLast(({ kind, state }) => kind === "mend" && state !== "kept");
    const isTakenBack =
      back.length === 0 ? "no" : back.some(({ state }) => state === "done") ? "yes" : "maybe";
    return {
      isTakenBack,
      last,
      ...(mend ? { mended: { number: mend.number, isSure: mend.state === "done" } } : {}),
    };
  }

  /** How many messages are taken back or mended, those that may be among them. */
  totals(): { readonly takenBack: number; readonly mended: number } {
    return { ...this.#totals };
  }
}

function groupOf(stands: AmendedMessage | undefined): "takenBack" | "mended" | undefined {
  if (!stands || stands.isTakenBack !== "no") return stands && "takenBack";
  return stands.mended ? "mended" : undefined;
}
