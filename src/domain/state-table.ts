import type { Counts, Ordinal, RecipientState } from "./recipient.ts";
import { forEachState, recipientStates } from "./recipient.ts";

const codeOf = forEachState((state) => recipientStates.indexOf(state));

/** Kept for a recipient that is planned for a moment of its own, apart from those nobody tried yet. */
const WAITING = recipientStates.length;

/** The state of every recipient, in one byte each, and how many there are in each state. */
export class StateTable {
  /** By ordinal: the state's place in {@link recipientStates}, or behind the last one for who waits. */
  #codes: Uint8Array;
  readonly #counts: number[];

  private constructor(codes: Uint8Array, counts: number[]) {
    this.#codes = codes;
    this.#counts = counts;
  }

  /** Everybody is planned and nobody waits. */
  static planned(size: number): StateTable {
    const counts = recipientStates.map((state) => (state === "planned" ? size : 0));
    return new StateTable(new Uint8Array(size).fill(codeOf.planned), counts);
  }

  /** Goes on where another table was. */
  static of(codes: Uint8Array): StateTable {
    const met = new Uint32Array(WAITING + 1);
    for (const code of codes) met[code] = (met[code] ?? 0) + 1;
    const counts = recipientStates.map((_, code) => met[code] ?? 0);
    counts[codeOf.planned] = (met[codeOf.planned] ?? 0) + (met[WAITING] ?? 0);
    return new StateTable(codes, counts);
  }

  /** A copy of the bytes, for {@link StateTable.of}; those named in `fresh` are in it as if nobody had tried them. */
  image(fresh: Iterable<Ordinal>): Uint8Array {
    const codes = this.#codes.slice();
    for (const ordinal of fresh) codes[ordinal] = codeOf.planned;
    return codes;
  }

  /** So many there are from now on, the new ones planned and waiting for nothing. */
  grow(size: number): void {
    const codes = new Uint8Array(size).fill(codeOf.planned);
    codes.set(this.#codes);
    this.#counts[codeOf.planned] = this.count("planned") + size - this.size;
    this.#codes = codes;
  }

  get size(): number {
    return this.#codes.length;
  }

  counts(): Counts {
    return forEachState((state) => this.count(state));
  }

  count(state: RecipientState): number {
    return this.#counts[codeOf[state]] ?? 0;
  }

  /** Undefined for who is not in the list. */
  at(ordinal: Ordinal): RecipientState | undefined {
    const code = this.#codes[ordinal];
    return code === WAITING ? "planned" : recipientStates[code ?? -1];
  }

  /** Planned, and waiting for no moment of its own. */
  isFresh(ordinal: Ordinal): boolean {
    return this.#codes[ordinal] === codeOf.planned;
  }

  /** Somebody planned waits from now on for a moment of its own. */
  wait(ordinal: Ordinal): void {
    this.#codes[ordinal] = WAITING;
  }

  move(ordinal: Ordinal, from: RecipientState, to: RecipientState): void {
    this.#codes[ordinal] = codeOf[to];
    this.#counts[codeOf[from]] = this.count(from) - 1;
    this.#counts[codeOf[to]] = this.count(to) + 1;
  }
}
