/** What a ledger asks to have written; the functions are made in migrations/claims.ts. */

/** $1 campaign, $2 owner, $3 channel, $4 account, $5 counts of caps, $6 of rates, $7 whether nobody else may claim meanwhile */
export const BEGIN_CLAIM = `select peyk.begin_claim($1, $2, $3, $4, $5, $6, $7) as found`;

/** $1 campaign, $2 ordinal, $3 owner, $4 channel, $5 moment, $6 entry */
export const MAKE_CLAIM = `select peyk.make_claim($1, $2, $3, $4, $5, $6) as id`;

/** $1 campaign, $2 ordinals, $3 reasons, $4 other campaigns, $5 moment */
export const PASS_OVER = `select peyk.pass_over($1, $2, $3, $4, $5)`;

/** $1 campaign, $2 ordinal, $3 until */
export const LEAVE_OUT = `
update peyk.recipients set is_left_out = true, due_at = $3 where campaign_id = $1 and ordinal = $2`;

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

/** $1 campaign, $2 ordinal, $3 claim, $4 owner, $5 what the ending does, $6 the ending */
export const SETTLE = `select peyk.settle($1, $2, $3, $4, $5, $6) as answer`;

/** $1 campaign, $2 ordinal, $3 claim, $4 owner */
export const LEAVE = `select peyk.leave($1, $2, $3, $4) as answer`;

/** $1 campaign, $2 of those whose call may have left, $3 of the others */
export const SWEEP = `
select of_claim as "claimId", name as username, of_account as account, ended as settlement, ended_at as at
from peyk.sweep($1, $2, $3)`;

/** $1 campaign, $2 what it does, $3 from ordinal, $4 to before that */
export const MOVE_ALL = `select peyk.move_all($1, $2, $3, $4)`;

/** $1 campaign, $2 entry without its moment */
export const WRITE_DOWN = `
insert into peyk.journal (campaign_id, entry) select $1, $2::jsonb || jsonb_build_object('at', peyk.now())`;

/**
 * Where a claim stands, and the campaign with those it follows up. $1 campaign, $2 ordinal, $3 owner, $4 for how long its lease
 * must last, in ms
 */
export const STANDS = `
select state, claim_id as "claimId", waits, peyk.now() as now,
  exists (select from peyk.owners where id = $3 and until > peyk.now() + $4) as "isOwner",
  peyk.with_first($1) as campaigns
from peyk.recipients where campaign_id = $1 and ordinal = $2`;
