import { Budget } from "./budget.ts";
import type { DayOf } from "./calendar-day.ts";

/** The budgets of all channels, each apart: accounts of the same name on two platforms are two accounts. */
export class Budgets {
  readonly #dayOf: DayOf;
  readonly #byChannel = new Map<string, Budget>();

  constructor(dayOf: DayOf) {
    this.#dayOf = dayOf;
  }

  /** What the accounts of this channel have used up. */
  of(channel: string): Budget {
    let budget = this.#byChannel.get(channel);
    if (!budget) this.#byChannel.set(channel, (budget = new Budget(this.#dayOf)));
    return budget;
  }
}
