/**
 * What nobody asks for any more goes: uses that no limit looks back to, and owners whose lease ran out long ago. Any process
 * may do it at any time; one at a time does.
 */
import type { Clock } from "../../../lib/clock.ts";
import type { Database } from "../database.ts";

const HOUR_MS = 3_600_000;

/** No limit looks back further than a day, wherever midnight is. */
const USES_KEPT_MS = 72 * HOUR_MS;

/** An owner is gone with its lease; the row is kept a while for whoever looks into what happened. */
const OWNERS_KEPT_MS = 24 * HOUR_MS;

/** How often it is looked for, in ms. */
const EVERY_MS = HOUR_MS / 6;

/** Uses removed in one statement. */
const PIECE = 5000;

/** Any number: held by whoever prunes. */
const LOCK = 7_362_004;

/** $1 kept, in ms */
const PRUNE_OWNERS = `delete from peyk.owners where until < peyk.now() - $1`;

/** By the accounts, for by them uses are found. $1 kept, in ms, $2 how many at most */
const PRUNE_USES = `
delete from peyk.uses where (select pg_try_advisory_xact_lock(${LOCK})) and ctid = any(array(
  select old.ctid from peyk.accounts_in_use known cross join lateral (
    select ctid from peyk.uses
    where channel = known.channel and account = known.account and at < peyk.now() - $1 limit $2) as old
  limit $2))`;

export async function prune(database: Pick<Database, "query">): Promise<void> {
  await database.query(PRUNE_OWNERS, [OWNERS_KEPT_MS]);
  for (let gone = PIECE; gone === PIECE;)
    gone = (await database.query(PRUNE_USES, [USES_KEPT_MS, PIECE])).count;
}

/** Prunes now and then until it is disposed of. */
export function openPruning(database: Database, clock: Pick<Clock, "sleep">): AsyncDisposable {
  const closing = new AbortController();
  const pruning = pruneOn(database, clock, closing.signal);
  return {
    async [Symbol.asyncDispose]() {
      closing.abort();
      await pruning;
    },
  };
}

async function pruneOn(database: Database, clock: Pick<Clock, "sleep">, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(EVERY_MS, signal).catch(() => undefined);
    // While the database is away there is nothing to do; the next time is as good.
    if (!signal.aborted) await prune(database).catch(() => undefined);
  }
}
