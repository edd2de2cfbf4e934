/** Who holds what: anybody may look, also who does no duties. */
import type { Duties, Holding } from "../../ports/duties.ts";
import type { Queryable } from "../database.ts";
import { JOBS_SCHEMA, QUEUE, dutyOf } from "./job-names.ts";

/** A lock that ran out is nobody's, also before it is found. */
const HOLDERS = `
select job.id, workers.name as worker, processed_at_ms::float8 as since
from ${JOBS_SCHEMA}.job join peyk.workers on workers.id::text = processed_by
where queue = '${QUEUE}' and state = 'active' and locked_until_ms > peyk.now()
order by job.id collate "C"`;

const ARE_THERE = `select to_regclass('${JOBS_SCHEMA}.job') is not null as "areThere"`;

export async function holdersIn(database: Queryable): Promise<readonly Holding[]> {
  const { rows } = await database.query<{ id: string; worker: string; since: number }>(HOLDERS);
  return rows.map(({ id, worker, since }) => ({ duty: dutyOf(id), worker, since }));
}

/** For whoever only looks, maybe before anybody worked here: the first who does makes the tables of the duties. */
export function lookAtDuties(database: Queryable): Pick<Duties, "holders"> {
  return {
    async holders() {
      const { rows } = await database.query<{ areThere: boolean }>(ARE_THERE);
      return rows[0]?.areThere ? holdersIn(database) : [];
    },
  };
}
