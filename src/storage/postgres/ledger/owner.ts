/**
 * One process among those that share the database: the owner of its claims, with a lease that it renews by the database's
 * time. Once it ran out it is gone for good, for others take its claims for abandoned; the process then owns nothing until
 * it is opened as another owner.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../../lib/clock.ts";
import type { Database } from "../database.ts";

/** How long nobody doubts the claims of a process that is silent, in ms: longer than a send may take. */
const LEASE_MS = 60_000;

/**
 * A call leaves only while so much of the lease is left, in ms: whoever takes its claim for abandoned may ask the channel
 * about it, which must not be answered before the message is there.
 */
export const CALL_MS = 30_000;

/** How often it is renewed, in ms: several times before it runs out. */
const RENEW_MS = 10_000;

/** $1 id, $2 ms */
const BEGIN = `insert into peyk.owners (id, until) values ($1, peyk.now() + $2)`;

/** $1 id, $2 ms */
const RENEW = `update peyk.owners set until = peyk.now() + $2 where id = $1 and until > peyk.now()`;

/** $1 id */
const END = `delete from peyk.owners where id = $1`;

/** The lease of this process ran out: whatever it still wants to write is refused. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor() {
    super("The lease of this process ran out, and another process may have taken its claims for abandoned.");
  }
}

export interface Owner extends AsyncDisposable {
  /** Who it is: the owner of its claims. */
  readonly id: string;
  /** Resolves once the lease is known to be lost. */
  readonly lost: Promise<void>;
}

/** @param clock For the waits between renewals alone */
export async function openOwner(database: Database, clock: Pick<Clock, "sleep">): Promise<Owner> {
  const id = randomUUID();
  await database.query(BEGIN, [id, LEASE_MS]);
  return new RenewedOwner(id, database, clock);
}

class RenewedOwner implements Owner {
  readonly id: string;
  readonly lost: Promise<void>;
  readonly #database: Database;
  readonly #clock: Pick<Clock, "sleep">;
  readonly #closing = new AbortController();
  readonly #renewing: Promise<void>;
  #lose: () => void = () => undefined;

  constructor(id: string, database: Database, clock: Pick<Clock, "sleep">) {
    this.id = id;
    this.#database = database;
    this.#clock = clock;
    this.lost = new Promise((resolve) => (this.#lose = resolve));
    this.#renewing = this.#renew();
  }

  /** What it left claimed may be settled by others at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#renewing;
    await this.#database.query(END, [this.id]).catch(() => undefined);
  }

  async #renew(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#clock.sleep(RENEW_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      // While the database is away the lease goes on running; whether it outlasts that is seen when it is back.
      const renewed = await this.#database.query(RENEW, [this.id, LEASE_MS]).catch(() => undefined);
      if (renewed?.count === 0) return this.#lose();
    }
  }
}
