/**
 * The bare minimum in the same database: names claimed with SKIP LOCKED and marked as sent, so many at a time, and nothing
 * else. Each of both is one statement whose commit reaches the disk before the next, as claims and endings do; the rows have
 * the key and the index by state that claiming needs. What it lacks is what a send must leave behind: the journal, what an
 * account used, what is told, counts, and the question whether the call may leave. All its connections are one process's.
 */
import pg from "pg";

const TABLE = `
drop table if exists floor_names;
create table floor_names (
  campaign_id text not null, ordinal integer not null, username text not null,
  state text not null default 'planned', primary key (campaign_id, ordinal));
create index floor_due on floor_names (campaign_id, ordinal) where state = 'planned'`;

const FILL = `
insert into floor_names (campaign_id, ordinal, username)
select 'bench', nth, 'person_' || nth from generate_series(0, $1::integer - 1) as nth`;

const CLAIM = `
update floor_names set state = 'claimed' where campaign_id = 'bench' and ordinal in (
  select ordinal from floor_names where campaign_id = 'bench' and state = 'planned'
  order by ordinal limit $1 for update skip locked)
returning ordinal`;

const MARK = `update floor_names set state = 'sent' where campaign_id = 'bench' and ordinal = any($1)`;

/** Names a second. @param connections Each claims, then marks, one group after the other */
export async function floorSpeed(
  url: string,
  {
    names,
    batch,
    connections,
  }: { readonly names: number; readonly batch: number; readonly connections: number },
): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  try {
    await pool.query(TABLE);
    await pool.query(FILL, [names]);
    await pool.query("analyze floor_names");
    const startedAt = performance.now();
    const worker = async (): Promise<void> => {
      for (;;) {
        const { rows } = await pool.query<{ ordinal: number }>({
          name: "claim",
          text: CLAIM,
          values: [batch],
        });
        if (rows.length === 0) return;
        await pool.query({ name: "mark", text: MARK, values: [rows.map(({ ordinal }) => ordinal)] });
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    return names / ((performance.now() - startedAt) / 1000);
  } finally {
    await pool.end();
  }
}
