/** What processes that share their duties tell one another: who is alive, who is willing to do what, and who holds it. */
import type { DutyWorker } from "../../../domain/duties/share-out.ts";
import type { Queryable } from "../database.ts";
import { JOBS_SCHEMA, QUEUE, dutyOf } from "./job-names.ts";

/** How long a process counts as alive without a word, in ms. */
const ALIVE_MS = 4000;

/** The topic on which all are told that a duty is free, or somebody came or went. */
export const DUTIES_TOPIC = "duties";

/** Who is here besides the one who asks, and all duties that anybody offered. */
export interface SeenBoard {
  readonly others: readonly DutyWorker[];
  readonly duties: readonly { readonly duty: string; readonly holder?: string }[];
  /** A lock ran out: its holder died, or is as good as dead. */
  readonly isAnyoneDead: boolean;
}

/** $1 id, $2 name, $3 how long it lives without a word, in ms, $4 whether it stands by */
const JOIN = `
insert into peyk.workers (id, name, duties, until, stands_by) values ($1, $2, '{}', peyk.now() + $3, $4)
on conflict do nothing`;

const CLEAR_AWAY = `delete from peyk.workers where until <= peyk.now()`;

const NAMES = `select name from peyk.workers`;

/** $1 id, $2 what it is willing to do, $3 how long it lives without a word, in ms, $4 what of it only at need */
const BEAT = `
with beaten as (
  update peyk.workers set until = peyk.now() + $3, duties = $2, at_need = $4 where id = $1 returning id)
select (select count(*) from beaten)::int as beats,
  (select coalesce(json_agg(json_build_object('id', id, 'willing', duties, 'atNeed', at_need, 'standsBy', stands_by)), '[]')
   from peyk.workers where until > peyk.now() and id <> $1) as others,
  (select coalesce(json_agg(json_build_object('id', id, 'holder', case when state = 'active' then processed_by end)), '[]')
   from ${JOBS_SCHEMA}.job where queue = '${QUEUE}') as jobs,
  exists (select from ${JOBS_SCHEMA}.job
          where queue = '${QUEUE}' and state = 'active' and locked_until_ms < peyk.now()) as "isAnyoneDead"`;

const LEAVE = `delete from peyk.workers where id = $1`;

const TELL = `select pg_notify('peyk', '${DUTIES_TOPIC}')`;

/** What a process would be called. */
export interface WorkerName {
  readonly wanted: string;
  /** A number from 1 stands behind it in any case; else one from 2 where another of that name is here. */
  readonly isNumbered: boolean;
}

/** Who joins the others. */
export interface Joining extends WorkerName {
  readonly id: string;
  readonly standsBy: boolean;
}

/** Says that a process is here, and answers what it is called. */
export async function join(
  database: Queryable,
  { id, wanted, isNumbered, standsBy }: Joining,
): Promise<string> {
  await database.query(CLEAR_AWAY);
  for (;;) {
    const { rows } = await database.query<{ name: string }>(NAMES);
    const name = firstFree(wanted, isNumbered, new Set(rows.map((one) => one.name)));
    if ((await database.query(JOIN, [id, name, ALIVE_MS, standsBy])).count > 0) return name;
  }
}

function firstFree(wanted: string, isNumbered: boolean, taken: ReadonlySet<string>): string {
  if (!isNumbered && !taken.has(wanted)) return wanted;
  for (let number = isNumbered ? 1 : 2; ; number++)
    if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

/** Says that the process lives and what it is willing to do, and looks around; undefined: it was silent for too long. */
export async function beat(
  database: Queryable,
  id: string,
  { willing, atNeed }: { readonly willing: readonly string[]; readonly atNeed: readonly string[] },
): Promise<SeenBoard | undefined> {
  const { rows } = await database.query<{
    beats: number;
    others: { id: string; willing: string[]; atNeed: string[]; standsBy: boolean }[];
    jobs: { id: string; holder: string | null }[];
    isAnyoneDead: boolean;
  }>(BEAT, [id, willing, ALIVE_MS, atNeed]);
  const [seen] = rows;
  if (!seen || seen.beats === 0) return undefined;
  return {
    others: seen.others.map((one) => ({
      ...one,
      willing: new Set(one.willing),
      atNeed: new Set(one.atNeed),
    })),
    duties: seen.jobs.map((one) => ({
      duty: dutyOf(one.id),
      ...(one.holder !== null && { holder: one.holder }),
    })),
    isAnyoneDead: seen.isAnyoneDead,
  };
}

export async function leave(database: Queryable, id: string): Promise<void> {
  await database.query(LEAVE, [id]);
  await tell(database);
}

/** Has all others look at once; also whoever listens in this process. */
export async function tell(database: Queryable): Promise<void> {
  await database.query(TELL);
}
