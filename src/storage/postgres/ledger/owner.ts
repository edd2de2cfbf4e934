/**
 * One process among those that share the database: the owner of its claims, with a lease that it renews by the database's
 * time. Once it ran out it is gone for good, for others take its claims for abandoned; the process then owns nothing until
 * it goes on as another owner. The lease is for whoever is silent; of a process that surely ended nobody waits for it.
 *
 * A dump that is put back brings leases along and nobody who has them, so that whoever works on meanwhile loses its own and
 * looks where it is before it goes on: what was sent since the dump it must not send again.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../../lib/clock.ts";
import { isGone, markOfThisProcess } from "../../../lib/files/process-mark.ts";
import { OwnerGoneError } from "../../ports/away.ts";
import type { Database } from "../database.ts";
import type { PutBackTables } from "../home/home.ts";
import { lookHome } from "../home/home.ts";
import { enterHouse } from "../house/house.ts";

/** How long nobody doubts the claims of a process that is silent, in ms: longer than a send may take. */
const LEASE_MS = 60_000;

/**
 * A call leaves only while so much of the lease is left, in ms: whoever takes its claim for abandoned may ask the channel
 * about it, which must not be answered before the message is there. See leaving.ts for what can happen meanwhile.
 */
export const CALL_MS = 30_000;

/** How often it is renewed, in ms: several times before it runs out. */
const RENEW_MS = 10_000;

/** $1 id, $2 ms, $3 mark */
const BEGIN = `insert into peyk.owners (id, until, mark) values ($1, peyk.now() + $2, $3)`;

/** $1 id, $2 ms */
const RENEW = `
update peyk.owners set until = peyk.now() + $2, written_by = pg_current_xact_id()::xid where id = $1 and peyk.owns(id)`;

/** Those that may be gone. $1 mark of whoever asks */
const OTHERS = `
select id, mark from peyk.owners where peyk.owns(id) and mark is not null and mark <> $1`;

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
   * Calls the listener when the tables turn out to be put back from a dump, by then at rest: what this process remembers of
   * them is not so any more. With what they were put back from where nobody noticed before.
   */
  onPutBack(listener: (from: PutBackTables | undefined) => void): void;
  /**
   * Sees to it that this process owns claims, as another if it must; answers whether it goes on as another since that was
   * asked last, and whether that is because of a dump that was put back.
   * @throws {DatabaseError}
   */
  ensure(): Promise<{ readonly isAnew: boolean; readonly isPutBack: boolean }>;
}

/** How this process and others of its machine are told apart; tests have marks of their own. */
export interface Marks {
  readonly own: () => Promise<string | undefined>;
  readonly isGone: (mark: string) => Promise<boolean>;
}

const marksHere: Marks = { own: markOfThisProcess, isGone };

/**
 * @param clock For the waits between renewals alone
 * @throws {TroubledError} while everything is moved in or out, or once it was moved out
 */
export async function openOwner(
  database: Database,
  clock: Pick<Clock, "sleep">,
  marks: Marks = marksHere,
): Promise<Owner> {
  const owner = new RenewedOwner(database, clock, marks);
  await owner.begin();
  return owner;
}

class RenewedOwner implements Owner {
  readonly #database: Database;
  readonly #clock: Pick<Clock, "sleep">;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #marks: Marks;
  readonly #rememberers = new Set<(from: PutBackTables | undefined) => void>();
  #id = "";
  #mark: string | undefined;
  /** Who had moved in last when it began; undefined before. */
  #home: { readonly mark: string | undefined } | undefined;
  #renewing: Promise<void> | undefined;
  /** Of others' leases; the own one is never kept waiting for it. */
  #ending: Promise<void> | undefined;

  constructor(database: Database, clock: Pick<Clock, "sleep">, marks: Marks) {
    this.#database = database;
    this.#clock = clock;
    this.#marks = marks;
  }

  get id(): string {
    return this.#id;
  }

  /** Answers whether the tables were put back since it began before. */
  async begin(): Promise<boolean> {
    const id = randomUUID();
    this.#mark ??= await this.#marks.own();
    const { mark, putBack } = await this.#database.inTransaction(async (connection) => {
      await enterHouse(connection);
      const home = await lookHome(connection);
      await connection.query(BEGIN, [id, LEASE_MS, this.#mark ?? null]);
      return home;
    });
    this.#id = id;
    const isPutBack = this.#home !== undefined && this.#home.mark !== mark;
    this.#home = { mark };
    if (isPutBack) for (const listener of this.#rememberers) listener(putBack);
    await this.#endGone().catch(() => undefined); // their leases run out all the same
    this.#renewing ??= this.#renew();
    return isPutBack;
  }

  onLost(listener: () => void): void {
    this.#listeners.add(listener);
  }

  onPutBack(listener: (from: PutBackTables | undefined) => void): void {
    this.#rememberers.add(listener);
  }

  async ensure(): Promise<{ readonly isAnew: boolean; readonly isPutBack: boolean }> {
    const isAnew = !(await this.#isRenewed());
    return { isAnew, isPutBack: isAnew && (await this.begin()) };
  }

  /** What it left claimed may be settled by others at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#renewing, this.#ending]);
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
      this.#ending = this.#endGone().catch(() => undefined);
    }
  }

  /** Nobody need wait for the lease of a process that this machine knows to have ended. */
  async #endGone(): Promise<void> {
    if (this.#mark === undefined) return;
    const { rows } = await this.#database.query<{ id: string; mark: string }>(OTHERS, [this.#mark]);
    for (const { id, mark } of rows)
      if (await this.#marks.isGone(mark)) await this.#database.query(END, [id]);
  }

  async #isRenewed(): Promise<boolean> {
    return (await this.#database.query(RENEW, [this.#id, LEASE_MS])).count > 0;
  }
}
