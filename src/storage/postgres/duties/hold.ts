/** A duty in this process's hands, from the moment it was given to the moment nothing of it is under way any more. */
import type { FetchedDuty } from "./jobs.ts";
import { LOCK_MS } from "./jobs.ts";

/** How long before its lock runs out a duty that could not be renewed counts as lost, in ms. */
const MARGIN_MS = 500;

export class Hold {
  readonly fetched: FetchedDuty;
  readonly #end = new AbortController();
  /** When the database was last asked to renew it and did, ms since the epoch. */
  #renewedAt: number;
  #isLost = false;
  #isTakenBack = false;

  constructor(fetched: FetchedDuty, askedAt: number) {
    this.fetched = fetched;
    this.#renewedAt = askedAt;
  }

  get duty(): string {
    return this.fetched.duty;
  }

  /** Aborts when the work has to come to its end. */
  get held(): AbortSignal {
    return this.#end.signal;
  }

  /** Another may hold it. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** It is offered no more. */
  get isTakenBack(): boolean {
    return this.#isTakenBack;
  }

  renewed(askedAt: number): void {
    this.#renewedAt = askedAt;
  }

  /** True while its lock surely stands. */
  isSure(now: number): boolean {
    return now < this.#renewedAt + LOCK_MS - MARGIN_MS;
  }

  lose(): void {
    this.#isLost = true;
    this.#end.abort(new Error(`the duty ${this.duty} was lost`));
  }

  takeBack(): void {
    this.#isTakenBack = true;
    this.handOn();
  }

  handOn(): void {
    this.#end.abort(new Error(`the duty ${this.duty} is handed on`));
  }
}
