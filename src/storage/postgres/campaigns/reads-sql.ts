/**
 * What is asked by whoever only looks at campaigns. A claim whose owner is gone is told as what it will become; whether one
 * is gone is asked for one moment, for leases that are renewed meanwhile are not seen by a transaction that reads on.
 */
import { columns } from "../ledger/rows-sql.ts";

/** Of a claim: nobody will settle it any more. @param moment ms since the epoch */
const isOrphan = (moment: string) => `(state = 'claimed' and not peyk.owns(owner, ${moment}))`;

/** Those that are claimed or uncertain, as the index has them. */
const open = `campaign_id = $1 and state in ('claimed', 'uncertain')`;

/** $1 campaign, $2 moment */
export const OPEN_CLAIMS = `
select count(*) filter (where ${isOrphan("$2")} and not waits) as cut,
       count(*) filter (where ${isOrphan("$2")} and waits) as waiting,
       min(claimed_at) filter (where state = 'uncertain' or (${isOrphan("$2")} and not waits)) as oldest
from peyk.recipients where ${open}`;

/** Oldest claim first. $1 campaign, $2 moment */
export const UNCERTAIN = `
select ${columns} from peyk.recipients
where ${open} and (state = 'uncertain' or (${isOrphan("$2")} and not waits))
order by claimed_at, claim_id`;

/** `orphan`: what becomes of it. @param moment ms since the epoch */
const result = (moment: string) => `
select ${columns},
  case when not ${isOrphan(moment)} then null when waits then 'waiting' else 'cut' end as orphan,
  claimed_person as "personId"
from peyk.recipients where campaign_id = $1`;

/** $1 campaign, $2 moment, $3 from ordinal, $4 to before that, $5 how many */
export const RESULTS = `${result("$2")} and ordinal >= $3 and ordinal < $4 order by ordinal limit $5`;

/** $1 campaign, $2 moment, $3 names */
export const NAMED = `${result("$2")} and username = any($3::text[]) order by ordinal`;

/** Rows of several pages are of one moment. */
export const BEGIN_READING = `begin transaction isolation level repeatable read read only`;

/** How long whoever takes rows in may let the next ones wait, before it counts as gone. */
export const BE_PATIENT = `set local idle_in_transaction_session_timeout = '60s'`;

const ended = `campaign_id = $1 and state in ('sent', 'notFound', 'refused', 'failed', 'uncertain') and account is not null`;

/** $1 campaign */
export const ENDED_BETWEEN = `select min(at) as first, max(at) as last from peyk.recipients where ${ended}`;

/** $1 campaign, $2 length of a stretch, ms */
export const ENDED = `
select account, state as "end", at / $2 * $2 as "from", count(*) as count
from peyk.recipients where ${ended} group by 1, 2, 3`;
