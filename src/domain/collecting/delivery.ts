/**
 * Who gets which lead: a request takes what its targets bring up to its count, and what a page brings beyond that is
 * spare until a later request asks for the same target. So nobody is delivered twice, and no page is paid for twice.
 */
export class Delivery<T> {
  /** By target, oldest first. */
  readonly #spare = new Map<number, T[]>();
  /** The latest request. */
  #last: OpenRequest | undefined;
  #isOpen = false;

  /** Begins a request; answers the spare leads it takes at once. */
  begin({ targets, count, perTarget = Infinity, perCycle = Infinity }: DeliveryTerms): T[] {
    const got = new Map<number, number>();
    this.#last = { targets, missing: count, perTarget, got, perCycle, missingThisCycle: perCycle };
    this.#isOpen = true;
    return this.#takeSpare(this.#last);
  }

  /** Ends the request; what comes now is spare. */
  end(): void {
    this.#isOpen = false;
  }

  /** The request that ended goes on for what it lacks; answers the spare leads it takes. No change while it is open. */
  resume(): T[] {
    if (this.#isOpen || !this.#last) return [];
    this.#isOpen = true;
    return this.#takeSpare(this.#last);
  }

  /** The next cycle of the request begins; answers the spare leads it takes. */
  nextCycle(): T[] {
    const open = this.#open;
    if (!open) return [];
    open.missingThisCycle = open.perCycle;
    return this.#takeSpare(open);
  }

  /** Somebody new came from a target; answers whether the request gets them, else they are spare. */
  offer(target: number, item: T): boolean {
    const open = this.#open;
    if (open?.targets.includes(target) && roomOf(open, target) > 0) {
      settle(open, target, 1);
      return true;
    }
    const spare = this.#spare.get(target);
    if (spare) spare.push(item);
    else this.#spare.set(target, [item]);
    return false;
  }

  /** Another target takes a target's place in the request; answers the spare leads that the request takes of it. */
  replace(target: number, by: number): T[] {
    const open = this.#open;
    if (!open) return [];
    open.targets = replaced(open.targets, target, by);
    open.missing = Math.min(open.missing, open.perTarget * open.targets.length - deliveredOf(open));
    return this.#takeSpare(open);
  }

  /** How many spare leads a request for these targets would find, at most so many of each. */
  spareFor(targets: readonly number[], perTarget = Infinity): number {
    return targets.reduce(
      (sum, target) => sum + Math.min(perTarget, this.#spare.get(target)?.length ?? 0),
      0,
    );
  }

  /** What the latest request got from a target. */
  gotFrom(target: number): number {
    return this.#last?.got.get(target) ?? 0;
  }

  get #open(): OpenRequest | undefined {
    return this.#isOpen ? this.#last : undefined;
  }

  #takeSpare(open: OpenRequest): T[] {
    const taken: T[] = [];
    for (const target of open.targets) {
      const items = this.#spare.get(target)?.splice(0, roomOf(open, target)) ?? [];
      settle(open, target, items.length);
      taken.push(...items);
    }
    return taken;
  }
}

/** What a request may get. */
export interface DeliveryTerms {
  readonly targets: readonly number[];
  readonly count: number;
  /** From each target at most. */
  readonly perTarget?: number | undefined;
  readonly perCycle?: number | undefined;
}

interface OpenRequest {
  targets: readonly number[];
  readonly perTarget: number;
  /** By target. */
  readonly got: Map<number, number>;
  readonly perCycle: number;
  missing: number;
  missingThisCycle: number;
}

/** A request's targets with one in another's place, each once. */
export function replaced(targets: readonly number[], target: number, by: number): readonly number[] {
  return [...new Set(targets.map((one) => (one === target ? by : one)))];
}

function roomOf({ missing, missingThisCycle, perTarget, got }: OpenRequest, target: number): number {
  return Math.min(missing, missingThisCycle, perTarget - (got.get(target) ?? 0));
}

function deliveredOf({ got }: OpenRequest): number {
  return [...got.values()].reduce((sum, count) => sum + count, 0);
}

function settle(open: OpenRequest, target: number, delivered: number): void {
  open.missing -= delivered;
  open.missingThisCycle -= delivered;
  open.got.set(target, (open.got.get(target) ?? 0) + delivered);
}
