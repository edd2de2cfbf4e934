/** What a ledger asks to have written; the functions are made in migrations/claims.ts and endings.ts. */
import type { Prepared } from "../database.ts";

/**
 * $1 campaign, $2 owner, $3 channel, $4 account, $5 counts of caps, $6 of rates, $7 how many are asked for, $8 whether nobody
 * else may claim meanwhile
 */
export const BEGIN_CLAIM: Prepared = {
  name: "begin claim",
  text: `select peyk.begin_claim($1, $2, $3, $4, $5, $6, $7, $8) as found`,
};

/**
 * $1 campaign, $2 owner, $3 channel, $4 moment, $5 of whom it passes over r, reason and by, $6 of whom it leaves out r and
 * until, $7 the claims' ids, $8 their entries, $9 events
 */
export const WRITE_DECIDED: Prepared = {
  name: "write decided",
  text: `select peyk.write_decided($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

/** What {@link WRITE_DECIDED} fails with where somebody's person is written to under another name. */
export const OUTDATED = "PK001";

/** Nobody waits longer than until now to be looked at again. $1 campaign */
export const RECALL = `
update peyk.recipients set is_left_out = false, due_at = peyk.now()
where campaign_id = $1 and state = 'planned' and is_left_out`;

/** Whom an account might write to, and who else is awaited. $1 campaign, $2 account */
export const WAITING = `
select
  (select min(due_at) from unnest(array[$2, '']) as lane cross join lateral (
     select due_at from peyk.recipients
     where campaign_id = $1 and state = 'planned' and through = lane
     order by due_at limit 1) as first) as "dueAt",
  exists (select from unnest(array[$2, '']) as lane cross join lateral (
     select from peyk.recipients
     where campaign_id = $1 and state = 'planned' and through = lane and due_at is null limit 1) as fresh) as "isFresh",
  exists (select from peyk.recipients
     where campaign_id = $1 and state = 'planned' and is_left_out and through in ($2, '')
     and (select left_out > 0 from peyk.tally($1))) as unheard,
  (select coalesce(jsonb_agg(through order by first), '[]') from (
     select through, min(ordinal) as first from peyk.recipients
     where campaign_id = $1 and state = 'planned' and through <> '' and through <> $2 group by through) as awaited
  ) as others`;

/** $1 campaign, $2 owner, $3 of each r, claim, change (what the ending does), ending and event */
export const SETTLE: Prepared = { name: "settle", text: `select peyk.settle($1, $2, $3) as answers` };

/** $1 campaign, $2 owner, $3 of each r and claim */
export const LEAVE: Prepared = { name: "leave", text: `select peyk.leave($1, $2, $3) as answers` };

/** $1 campaign, $2 of those whose call may have left, $3 of the others */
export const SWEEP = `select kind from peyk.sweep($1, $2, $3) as kind`;

/** $1 events of the campaigns; the last that a transaction asks for */
export const TELL = `select peyk.tell($1)`;

/** $1 campaign, $2 what it does, $3 from ordinal, $4 to before that */
export const MOVE_ALL = `select peyk.move_all($1, $2, $3, $4)`;

/** $1 campaign, $2 entry without its moment */
export const WRITE_DOWN = `
insert into peyk.journal (campaign_id, entry) select $1, $2::jsonb || jsonb_build_object('at', peyk.now())`;
