/**
 * How long each target of one collection is left alone after a fault. Only in memory: after a restart every target may
 * be asked at once, which costs a call at most.
 */
import { backoffMs } from "../domain/backoff.ts";
import type { CollectionPause } from "../domain/collecting/collection.ts";
import type { Rest } from "../domain/collecting/next-call.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { SourceFault } from "../sources/source.ts";
import type { CollectorPolicy } from "./collector-parts.ts";

/** What a fault means for its target. */
export interface FaultVerdict {
  /** When the target is asked again; absent when it isn't by itself. */
  readonly retryAt?: number;
  /** Which of how many attempts it was; absent where repeating makes no difference. */
  readonly attempt?: number;
  readonly of?: number;
  /** The whole source is left alone until then: it said so itself. */
  readonly closeSourceUntil?: number;
  /** The source can't be asked any more until somebody does something. */
  readonly block?: CollectionPause;
  /** The target gives nothing more. */
  readonly end?: "gone" | "noNewPeople" | "unclear";
}

/** Begins from the first page this often without anybody new in between; then a target is given up. */
const FRUITLESS_BEGINNINGS = 2;
/** A moment to try again that is past already is not obeyed faster than this, in ms. */
const LEAST_WAIT_MS = 1000;
/** Whatever a source names, it is asked again after a day: no limit that anybody publishes is longer, and clocks err. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export interface TargetRestsParts {
  readonly policy: CollectorPolicy;
  readonly random: () => number;
}

export class TargetRests {
  readonly #policy: CollectorPolicy;
  readonly #random: () => number;
  readonly #rests = new Map<number, Rest>();
  readonly #failures = new Map<number, number>();
  readonly #beginnings = new Map<number, number>();

  constructor({ policy, random }: TargetRestsParts) {
    this.#policy = policy;
    this.#random = random;
  }

  restOf(target: number): Rest | undefined {
    return this.#rests.get(target);
  }

  /** A page came. */
  answered(target: number, added: number): void {
    this.#rests.delete(target);
    this.#failures.delete(target);
    if (added > 0) this.#beginnings.delete(target);
  }

  /** Lets every target be asked at once. */
  forgive(): void {
    this.#rests.clear();
    this.#failures.clear();
  }

  /** @param restMs How long a target rests when its repetitions are used up */
  judge(target: number, fault: SourceFault, { now, restMs }: { now: number; restMs: number }): FaultVerdict {
    switch (fault.kind) {
      case "throttled":
        return this.#throttled(target, fault, now);
      case "unavailable":
        return this.#again(target, fault.why, { now, restMs }).verdict;
      case "unclear": {
        const { verdict, isUsedUp } = this.#again(target, fault.why, { now, restMs });
        const { retryAt: _, ...last } = verdict;
        return isUsedUp ? { ...last, end: "unclear" } : verdict;
      }
      case "badCursor":
        return this.#badCursor(target);
      case "targetGone":
        return { end: "gone" };
      case "creditsGone":
      case "accessLost":
        return { block: { kind: fault.kind, why: fault.why } };
    }
  }

  #throttled(
    target: number,
    { retryAt, why }: SourceFault & { kind: "throttled" },
    now: number,
  ): FaultVerdict {
    const wanted = retryAt ?? now + this.#policy.rateLimitWaitMs;
    const until = Math.min(Math.max(wanted, now + LEAST_WAIT_MS), now + LONGEST_WAIT_MS);
    if (retryAt !== undefined) return { retryAt: until, closeSourceUntil: until };
    this.#rests.set(target, { kind: "rateLimit", until, why });
    return { retryAt: until };
  }

  /** The same page is asked for again, a few times with longer and longer waits; then the target rests. */
  #again(
    target: number,
    why: Reason,
    { now, restMs }: { now: number; restMs: number },
  ): { readonly verdict: FaultVerdict; readonly isUsedUp: boolean } {
    const { retries, retryDelayMs } = this.#policy;
    const attempt = (this.#failures.get(target) ?? 0) + 1;
    const isUsedUp = attempt > retries;
    const delay = backoffMs(attempt, { delayMs: retryDelayMs, random: this.#random });
    const until = now + (isUsedUp ? restMs : delay);
    this.#failures.set(target, isUsedUp ? 0 : attempt);
    this.#rests.set(target, { kind: "unavailable", until, why });
    return { verdict: { retryAt: until, attempt, of: retries + 1 }, isUsedUp };
  }

  #badCursor(target: number): FaultVerdict {
    const beginnings = (this.#beginnings.get(target) ?? 0) + 1;
    this.#beginnings.set(target, beginnings);
    return beginnings > FRUITLESS_BEGINNINGS ? { end: "noNewPeople" } : {};
  }
}
