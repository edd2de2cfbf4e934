/**
 * Gives out the places of a lane to all processes that share the database. A place that was taken counts until its holder has
 * said when it left, and from then on as long as the limit looks back; of a holder who says nothing it counts for as long as
 * it may be used and the limit looks back after that. So never more leave in any such stretch than the limit says, whoever
 * asks, and however their clocks stand.
 */
import { z } from "zod";
import { keptOf } from "../../../lib/pace/places-alone.ts";
import type { PlaceSource } from "../../../lib/pace/shared-places.ts";
import { USABLE_MS } from "../../../lib/pace/shared-places.ts";
import type { WindowLimit } from "../../../lib/pace/sliding-window.ts";
import type { Queryable } from "../database.ts";

/** $1 lane, $2 wanted, $3 how many may count at a time, $4 how long one counts of which nothing is said, in ms */
const TAKE = `select peyk.take_places($1, $2, $3, $4) as taken`;

/** Whoever left counts by the moment it did, also where it was taken for gone. $1 lane, $2 ids, $3 ms ago, $4 how long it counts */
const LEFT = `
insert into peyk.lane_places (id, lane, counts_until)
overriding system value
select id, $1, peyk.now() - ago + $4 from unnest($2::bigint[], $3::bigint[]) as gone (id, ago)
on conflict (id) do update set counts_until = excluded.counts_until`;

/** $1 ids */
const UNUSED = `delete from peyk.lane_places where id = any($1)`;

/** $1 lane, $2 ms */
const PAUSE = `
insert into peyk.lanes as lane (name, paused_until) values ($1, peyk.now() + $2)
on conflict (name) do update set paused_until = greatest(lane.paused_until, excluded.paused_until)`;

const takenSchema = z.object({
  ids: z.array(z.number()),
  inMs: z.number().exactOptional(),
  pausedMs: z.number().exactOptional(),
});

/** @param lane The same for everybody who shares the limit */
export function createPlaceSource(database: Queryable, lane: string, limit: WindowLimit): PlaceSource {
  const { count, windowMs } = limit;
  return {
    async take(wanted, isUrgent) {
      const most = isUrgent ? count : count - keptOf(count);
      const asked = [lane, wanted, most, USABLE_MS + windowMs];
      const { rows } = await database.query<{ taken: unknown }>(TAKE, asked);
      return takenSchema.parse(rows[0]?.taken);
    },
    async report(places) {
      const left = places.filter(({ leftMsAgo }) => leftMsAgo !== undefined);
      const unused = places.filter(({ leftMsAgo }) => leftMsAgo === undefined);
      if (left.length > 0)
        await database.query(LEFT, [
          lane,
          left.map(({ id }) => id),
          left.map(({ leftMsAgo = 0 }) => Math.floor(leftMsAgo)),
          windowMs,
        ]);
      if (unused.length > 0) await database.query(UNUSED, [unused.map(({ id }) => id)]);
    },
    async pause(ms) {
      await database.query(PAUSE, [lane, ms]);
    },
  };
}
