/** What a campaign uses through all its accounts together, against the speed that is set for it as a whole. */
import type { Budget, BudgetListener, UsageImage } from "./budget.ts";
import type { Caps } from "./limits.ts";
import { limitsOf } from "./limits.ts";

/** All of them are one. */
const WHOLE = "";

export class WholeUse implements BudgetListener {
  readonly #budget: Budget;

  /** @param budget An empty one of its own */
  constructor(budget: Budget) {
    this.#budget = budget;
  }

  debit(_account: string, at: number): void {
    this.#budget.debit(WHOLE, at);
  }

  credit(_account: string, at: number, uncalled?: boolean): void {
    this.#budget.credit(WHOLE, at, uncalled);
  }

  /** Counts what was used before. */
  count(images: readonly UsageImage[]): void {
    for (const { calls, messages } of images) this.#budget.count([{ account: WHOLE, calls, messages }]);
  }

  /** Counts the messages in the calendar day that `at` falls in. */
  usedToday(at: number): number {
    return this.#budget.usedToday(WHOLE, at);
  }

  /** When one more may be claimed; `at` when right now. @param at ms since the epoch */
  nextAllowedAt(pace: Caps | undefined, at: number): number {
    return pace ? this.#budget.nextAllowedAt(WHOLE, limitsOf(pace), [], at) : at;
  }
}
