/**
 * One process among those that share the database: the owner of its claims, with a lease that it renews by the database's
 * time. Once it ran out it is gone for good, for others take its claims for abandoned; the process then owns nothing until
 * it goes on as another owner.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../../lib/clock.ts";
import { OwnerGoneError } from "../../ports/away.ts";
import type { Database } from "../database.ts";
import { enterHouse } from "../house/house.ts";

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

/** The lease of this process ran out: whatever it still wants to write in that name is refused. */
export class LeaseLostError extends OwnerGoneError {
  override readonly name = "LeaseLostError";

  constructor() {
    super("The lease of this process ran out, and another process may have taken its claims for abandoned.");
  }
}

export interface Owner extends AsyncDisposable {
  /** Who it is: the owner of its claims. */
  readonly id: string;
  /** Calls the listener whenever the lease turns out to be lost. */
  onLost(listener: () => void): void;
  /**
   * Sees to it that this process owns claims, as another if it must; answers whether it goes on as another since that was
   * asked last.
   * @throws {DatabaseError}
   */
  ensure(): Promise<{ readonly isAnew: boolean }>;
}

/**
 * @param clock For the waits between renewals alone
 * @throws {TroubledError} while everything is moved in or out, or once it was moved out
 */
export async function openOwner(database: Database, clock: Pick<Clock, "sleep">): Promise<Owner> {
  const owner = new RenewedOwner(database, clock);
  await owner.begin();
  return owner;
}

class RenewedOwner implements Owner {
  readonly #database: Database;
  readonly #clock: Pick<Clock, "sleep">;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<() => void>();
  #id = "";
  #renewing: Promise<void> | undefined;

  constructor(database: Database, clock: Pick<Clock, "sleep">) {
    this.#database = database;
    this.#clock = clock;
  }

  get id(): string {
    return this.#id;
  }

  async begin(): Promise<void> {
    const id = randomUUID();
    await this.#database.inTransaction(async (connection) => {
      await enterHouse(connection);
      await connection.query(BEGIN, [id, LEASE_MS]);
    });
    this.#id = id;
    this.#renewing ??= this.#renew();
  }

  onLost(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async ensure(): Promise<{ readonly isAnew: boolean }> {
    const isAnew = !(await this.#isRenewed());
    if (isAnew) await this.begin();
    return { isAnew };
  }

  /** What it left claimed may be settled by others at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#renewing;
    await this.#database.query(END, [this.#id]).catch(() => undefined);
  }

  async #renew(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#clock.sleep(RENEW_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      // While the database is away the lease goes on running; whether it outlasts that is seen when it is back.
      const isLost = await this.#isRenewed().then(
        (isRenewed) => !isRenewed,
        () => false,
      );
      if (isLost) for (const listener of this.#listeners) listener();
    }
  }

  async #isRenewed(): Promise<boolean> {
    return (await this.#database.query(RENEW, [this.#id, LEASE_MS])).count > 0;
  }
}
