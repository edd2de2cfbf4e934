/**
 * The accounts of one channel whose turns this process takes, of several that share the store. One that is given is taken
 * up as it was left: how it stands is read anew, and is written by its holder alone until it is taken; what was begun
 * through it has settled by then.
 */
import type { Duties, Offer } from "../../storage/ports/duties.ts";
import { dutyOfAccount } from "../duties/account-duty.ts";
import type { Holding } from "./holding.ts";

export interface HeldAccountsParts {
  readonly duties: Pick<Duties, "offer">;
  readonly channel: string;
  /** Takes in how the accounts stand. */
  readonly takeIn: () => Promise<void>;
  /** Resolves when all that was asked to be kept of the accounts is. */
  readonly kept: () => Promise<void>;
}

export class HeldAccounts implements Holding {
  readonly #parts: HeldAccountsParts;
  readonly #held = new Set<string>();
  readonly #offers = new Map<string, Offer>();
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
    if (this.#isClosed || this.#offers.has(account)) return;
    const { duties, channel } = this.#parts;
    const duty = dutyOfAccount({ channel, account });
    this.#offers.set(
      account,
      duties.offer(duty, (held) => this.#hold(account, held)),
    );
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
    await Promise.all(Array.from(this.#offers.values(), (offer) => offer[Symbol.asyncDispose]()));
  }

  async #hold(account: string, held: AbortSignal): Promise<void> {
    await this.#parts.takeIn();
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
  }
}
