/**
 * The accounts of one channel whose turns this process takes, of several that share the store. One that is given is taken
 * up as it was left: how it stands is read anew, and is written by its holder alone until it is taken; what was begun
 * through it has settled by then.
 */
import type { Clock } from "../../lib/clock.ts";
import type { Duties, DutyWork, Offer } from "../../storage/ports/duties.ts";
import { dutyOfAccount } from "../duties/account-duty.ts";
import type { Holding } from "./holding.ts";

export interface HeldAccountsParts {
  readonly duties: Pick<Duties, "offer">;
  readonly channel: string;
  /** Whether this process can send through an account: others may have been told of it alone. */
  readonly knows: (account: string) => Promise<boolean>;
  /** Takes in how the accounts stand, and that this one is known here where it is. */
  readonly takeIn: (account: string, isKnown: boolean) => Promise<void>;
  readonly clock: Pick<Clock, "sleep">;
  /** Resolves when all that was asked to be kept of the accounts is. */
  readonly kept: () => Promise<void>;
}

/**
 * How long an account that this process does not know is left to whoever does, in ms: they may only be starting anew. Then it
 * is tried, so that somebody says that it is not there.
 */
const AT_NEED_MS = 60_000;

export class HeldAccounts implements Holding {
  readonly #parts: HeldAccountsParts;
  readonly #held = new Set<string>();
  readonly #offers = new Map<string, Promise<Offer | undefined>>();
  readonly #given = new Set<(account: string) => void>();
  readonly #taken = new Set<(account: string) => Promise<void>>();
  #underWay = 0;
  #isClosed = false;

  constructor(parts: HeldAccountsParts) {
    this.#parts = parts;
  }

  has(account: string): boolean {
    return this.#held.has(account);
  }

  get hasAny(): boolean {
    return this.#underWay > 0;
  }

  want(account: string): void {
    if (!this.#isClosed && !this.#offers.has(account)) this.#offers.set(account, this.#offer(account));
  }

  /** One that it does not know is only taken where nobody does, who else would: then it says what is the matter. */
  async #offer(account: string): Promise<Offer | undefined> {
    const { duties, channel, knows } = this.#parts;
    // Where that can't be found out now, sending will tell.
    const isKnown = await knows(account).catch(() => true);
    if (this.#isClosed) return undefined;
    const duty = dutyOfAccount({ channel, account });
    const work = isKnown ? this.#hold(account, true) : this.#holdAtNeed(account);
    return duties.offer(duty, work, { isAtNeed: !isKnown });
  }

  #holdAtNeed(account: string): DutyWork {
    return async (held) => {
      await this.#parts.clock.sleep(AT_NEED_MS, held).catch(() => undefined);
      if (!held.aborted) await this.#hold(account, false)(held);
    };
  }

  onGiven(listener: (account: string) => void): () => void {
    this.#given.add(listener);
    return () => this.#given.delete(listener);
  }

  onTaken(listener: (account: string) => Promise<void>): () => void {
    this.#taken.add(listener);
    return () => this.#taken.delete(listener);
  }

  /** Asks for none any more; resolves when nothing is under way through any of them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const offers = await Promise.all(this.#offers.values());
    await Promise.all(offers.map(async (offer) => offer?.[Symbol.asyncDispose]()));
  }

  #hold(account: string, isKnown: boolean): DutyWork {
    return async (held) => {
      await this.#parts.takeIn(account, isKnown);
      if (held.aborted) return;
      this.#held.add(account);
      this.#underWay++;
      for (const listener of this.#given) listener(account);
      await new Promise<void>((resolve) => {
        if (held.aborted) resolve();
        else held.addEventListener("abort", () => resolve(), { once: true });
      });
      this.#held.delete(account);
      await Promise.all(Array.from(this.#taken, (listener) => listener(account)));
      this.#underWay--;
      await this.#parts.kept();
    };
  }
}
