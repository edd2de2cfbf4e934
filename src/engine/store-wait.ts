/** A campaign's wait for a store that is away: one at a time, however often it is met. */
import type { StoreAway } from "./store-away.ts";

export class StoreWait {
  readonly #away: StoreAway | undefined;
  #isWaiting = false;

  constructor(away: StoreAway | undefined) {
    this.#away = away;
  }

  /** @param then Once the store is back; never where the process stops before. */
  begin(then: () => void): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const end = (): void => {
      this.#isWaiting = false;
      then();
    };
    Promise.resolve(this.#away?.back()).then(end, () => undefined);
  }
}
