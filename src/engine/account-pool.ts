/** The accounts of one channel with their health, shared by every campaign that sends through it. */
import type { AccountHealth } from "../domain/account.ts";
import { accountReadyAt, accountRests, activeAccount } from "../domain/account.ts";
import type { Breaker, BreakerPolicy } from "../domain/breaker.ts";
import {
  breakerBegins,
  breakerFails,
  breakerReadyAt,
  breakerSucceeds,
  closedBreaker,
} from "../domain/breaker.ts";

/** While one send tries whether the service is back, the others look again this often. */
const LOOK_AGAIN_MS = 1000;

export interface ChannelWait {
  readonly until: number;
  readonly why: string;
}

export class AccountPool {
  readonly #health = new Map<string, AccountHealth>();
  readonly #breakerPolicy: BreakerPolicy;
  #breaker: Breaker = closedBreaker;
  /** The channel as a whole was told to slow down until then. */
  #rest: ChannelWait = { until: 0, why: "" };
  #lastFailure = "";
  readonly #returned = new Set<() => void>();

  constructor(breakerPolicy: BreakerPolicy) {
    this.#breakerPolicy = breakerPolicy;
  }

  health(account: string): AccountHealth {
    return this.#health.get(account) ?? activeAccount;
  }

  readyAt(account: string, now: number): number {
    return accountReadyAt(this.health(account), now);
  }

  /** When anybody may send through this channel, and why not sooner. */
  channelWait(now: number): ChannelWait {
    const readyAt = breakerReadyAt(this.#breaker, now);
    const breakerAt = readyAt === Infinity ? now + LOOK_AGAIN_MS : readyAt;
    if (breakerAt > this.#rest.until) return { until: breakerAt, why: this.#lastFailure };
    return { until: Math.max(now, this.#rest.until), why: this.#rest.why };
  }

  /** A send begins: an open breaker lets this one try and no other. */
  begins(): void {
    this.#breaker = breakerBegins(this.#breaker);
  }

  /** A send that began ended without asking the service: the breaker goes back to waiting for one that does. */
  didNotAsk(now: number): void {
    if (this.#breaker.state === "halfOpen")
      this.#breaker = { state: "open", until: now, opened: this.#breaker.opened };
  }

  succeeded(): void {
    this.#breaker = breakerSucceeds();
  }

  failed(now: number, why: string): void {
    this.#lastFailure = why;
    this.#breaker = breakerFails(this.#breaker, now, this.#breakerPolicy);
  }

  /** Answers true when this made the account rest longer than it already did: a burst of refusals counts once. */
  rests(account: string, until: number, why: string): boolean {
    return this.#change(account, accountRests(this.health(account), until, why));
  }

  leaves(account: string, trouble: "locked" | "loggedOut", why: string): boolean {
    if (this.health(account).kind === "left") return false;
    return this.#change(account, { kind: "left", trouble, why });
  }

  channelRests(until: number, why: string): void {
    if (until > this.#rest.until) this.#rest = { until, why };
  }

  /** The operator says the account is mended, or its rest is over. */
  returns(account: string): void {
    if (!this.#health.delete(account)) return;
    for (const listener of this.#returned) listener();
  }

  /** Calls the listener whenever an account is back before its time, until the returned function is called. */
  onReturn(listener: () => void): () => void {
    this.#returned.add(listener);
    return () => this.#returned.delete(listener);
  }

  #change(account: string, health: AccountHealth): boolean {
    if (this.health(account) === health) return false;
    this.#health.set(account, health);
    return true;
  }
}
