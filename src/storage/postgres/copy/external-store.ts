/**
 * The copy in PostgreSQL, in the schema `peyk_copy`. Owns its tables; promises that what lines of a log changed and how far
 * the log has travelled are committed together, so a kill of either side at any moment loses and doubles nothing, and
 * that one process copies at a time.
 */
import type { CampaignId } from "../../../domain/campaign.ts";
import type {
  ExternalCopy,
  ExternalStore,
  Feed,
  FeedPosition,
  OptOut,
  Step,
  StoredCampaign,
} from "../../ports/sync.ts";
import { ExternalStoreError, FEED_START } from "../../ports/sync.ts";
import type { Connect, Connection, Row } from "../connection.ts";
import { inTransaction } from "../connection.ts";
import { copySchema } from "./copy-schema.ts";
import { openCopy, readHashes, readPositions } from "./read-copy.ts";
import { migrate } from "../migrate.ts";
import { makeStep, movePosition, takeBack, writeCampaigns } from "./steps.ts";

/** Held by the session that copies; any number that nobody else takes for a lock in the same database. */
const COPY_LOCK = 7_362_002;

/**
 * The triggers take what such a transaction does for the copy's own. A campaign that was just copied is in no statistics
 * yet, and the plans made without them would read all of it for every batch.
 */
const AS_SYNC = `begin; set local peyk.sync = 'on'; set local enable_seqscan = off; set local enable_nestloop = off`;

const HOLDS_LOCK = `
select exists (select from pg_locks where locktype = 'advisory' and classid = 0 and objid = $1
               and pid = pg_backend_pid() and granted) as is_ours`;

const ONE_MOMENT = "begin transaction isolation level repeatable read read only";

/**
 * Connects and brings the tables up to date.
 * @param identity Id of the data folder: a database keeps the copy of one, so that two can't be mixed up
 * @throws {ExternalStoreError}
 */
export async function openPostgresStore(connect: Connect, identity: string): Promise<ExternalStore> {
  const connection = await connect();
  try {
    await migrate(connection, copySchema);
    await connection.query("insert into peyk_copy.source (identity) values ($1) on conflict do nothing", [
      identity,
    ]);
    const { rows } = await connection.query<{ identity: string }>("select identity from peyk_copy.source");
    if (rows[0]?.identity !== identity)
      throw new ExternalStoreError(
        "The database keeps the copy of another data folder. Give it one of its own.",
        { reason: "pgOtherFolder" },
      );
    return new PostgresStore(connection);
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw error;
  }
}

class PostgresStore implements ExternalStore {
  readonly #connection: Connection;
  #isLeading = false;
  #positions = new Map<string, FeedPosition>();
  #hashes = new Map<CampaignId, string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async lead(): Promise<boolean> {
    if (this.#isLeading) return true;
    const { rows } = await this.#connection.query("select pg_try_advisory_lock($1) as is_ours", [COPY_LOCK]);
    if (rows[0]?.["is_ours"] !== true) return false;
    await this.#assertOwnSession();
    this.#positions = await readPositions(this.#connection);
    this.#hashes = await readHashes(this.#connection);
    this.#isLeading = true;
    return true;
  }

  position(feedKey: string): FeedPosition {
    return this.#positions.get(feedKey) ?? FEED_START;
  }

  campaignHash(id: CampaignId): string | undefined {
    return this.#hashes.get(id);
  }

  async saveCampaigns(campaigns: readonly StoredCampaign[]): Promise<void> {
    await this.#asSync(() => writeCampaigns(this.#connection, campaigns));
    for (const { campaign, hash } of campaigns) this.#hashes.set(campaign.id, hash);
  }

  async apply(feed: Feed, steps: readonly Step[], to: FeedPosition): Promise<void> {
    const from = this.position(feed.key);
    await this.#asSync(async () => {
      await this.#assertOwnSession();
      if (!(await movePosition(this.#connection, feed.key, { from, to })))
        throw new ExternalStoreError(`Somebody else moved the position of ${feed.key}.`, {
          isTransient: true,
          reason: "pgOtherSync",
        });
      for (const step of steps) await makeStep(this.#connection, step, to.lines);
    });
    this.#positions.set(feed.key, to);
  }

  async restart(feed: Feed): Promise<void> {
    await this.#asSync(() => takeBack(this.#connection, feed));
    this.#positions = await readPositions(this.#connection);
  }

  /** PostgreSQL's calendar goes further than ours, to infinity: such moments become the nearest one that both have. */
  async optOuts(max: number): Promise<readonly OptOut[]> {
    const { rows } = await this.#connection.query<OptOut & Row>(
      `select id::float8 as id, username, reason, note,
              floor(extract(epoch from greatest(least(at, '9999-12-31Z'), '1970-01-01Z')) * 1000)::float8 as at
       from peyk_copy.opt_outs where taken_at is null order by opt_outs.id limit $1`,
      [max],
    );
    return rows;
  }

  async countOptOuts(): Promise<number> {
    const sql = "select count(*)::int as waiting from peyk_copy.opt_outs where taken_at is null";
    return (await this.#connection.query<{ waiting: number }>(sql)).rows[0]?.waiting ?? 0;
  }

  /** A row that somebody else put on the copy of the list has served its purpose: what Peyk made of it comes by the log. */
  async answerOptOuts(answers: readonly { readonly id: number; readonly problem?: string }[]): Promise<void> {
    const ids = answers.map(({ id }) => id);
    await this.#asSync(async () => {
      await this.#connection.query(
        `update peyk_copy.opt_outs set taken_at = now(), problem = said.problem
         from unnest($1::bigint[], $2::text[]) as said (id, problem) where opt_outs.id = said.id`,
        [ids, answers.map(({ problem = null }) => problem)],
      );
      await this.#connection.query(
        `delete from peyk_copy.suppressions where log_line = 0
         and username in (select username from peyk_copy.opt_outs where id = any ($1::bigint[]))`,
        [ids],
      );
    });
  }

  snapshot<T>(look: (copy: ExternalCopy) => Promise<T>): Promise<T> {
    const work = async (): Promise<T> => look(await openCopy(this.#connection));
    return inTransaction(this.#connection, work, ONE_MOMENT);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }

  /**
   * The place of the one that copies is held by a session. A pooler that hands out another session for each transaction
   * would leave it with a stranger, and two could copy side by side.
   */
  async #assertOwnSession(): Promise<void> {
    const { rows } = await this.#connection.query(HOLDS_LOCK, [COPY_LOCK]);
    if (rows[0]?.["is_ours"] === true) return;
    throw new ExternalStoreError(
      "A connection pooler in front of the database changes sessions between transactions. Name the database itself in DATABASE_URL, or the pooler in its session mode.",
      { reason: "pgPooler" },
    );
  }

  #asSync(work: () => Promise<void>): Promise<void> {
    return inTransaction(this.#connection, work, AS_SYNC);
  }
}
