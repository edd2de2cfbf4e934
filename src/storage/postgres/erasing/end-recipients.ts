/** Whoever was still to be written to, or may have been, comes to an end before what says who they were goes. */
import type { CampaignEvent } from "../../../domain/campaign-event.ts";
import { endingKey } from "../../../domain/campaign-event.ts";
import { untoldEvent } from "../../../domain/ending-events.ts";
import type { Settlement } from "../../../domain/journal.ts";
import type { RecipientState } from "../../../domain/recipient.ts";
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import { TELL } from "../ledger/claim-sql.ts";
import { changeOf } from "../ledger/sweeping.ts";
import type { RowsAsked } from "./rows-of-person.ts";

/** $1 campaigns, $2 places there */
const OPEN = `
select campaign_id as id, ordinal, state, claim_id as claim, account from peyk.recipients
where (campaign_id, ordinal) in (select * from unnest($1::text[], $2::integer[]))
  and state in ('planned', 'claimed', 'uncertain')
order by campaign_id, ordinal for update`;

/** $1 campaign, $2 ordinal, $3 what it does, $4 the ending */
const END = `
select peyk.end_claims($1, jsonb_build_array(jsonb_build_object(
  'r', ordinal, 'claim', claim_id, 'change', $3::jsonb, 'ending', $4::jsonb)), peyk.now())
from peyk.recipients where campaign_id = $1 and ordinal = $2`;

/** Whose owner lives. $1 campaigns, $2 places there */
const IN_FLIGHT = `
select count(*) as count from peyk.recipients
where (campaign_id, ordinal) in (select * from unnest($1::text[], $2::integer[]))
  and state = 'claimed' and peyk.owns(owner)`;

/** How they are called now. $1 campaign, $2 ordinal */
const NAME = `select username, peyk.now() as at from peyk.recipients where campaign_id = $1 and ordinal = $2`;

type Open = {
  readonly id: string;
  readonly ordinal: number;
  readonly state: RecipientState;
  readonly claim: number | null;
  readonly account: string | null;
};

/** An ending that nobody was told of yet. */
interface Ended {
  readonly open: Open;
  readonly settlement: Settlement;
}

const interrupted: Settlement = { t: "uncertain", why: "interruptedBeforeRecord" };
const left: Settlement = { t: "skipped", reason: "leftInDoubt" };
const erased: Settlement = { t: "skipped", reason: "erased" };

const endings: Readonly<Partial<Record<RecipientState, readonly Settlement[]>>> = {
  planned: [erased],
  claimed: [interrupted, left],
  uncertain: [left],
};

export async function endRecipients(asked: RowsAsked): Promise<readonly Ended[]> {
  const { rows } = await asked.here.query<Open>(OPEN, placesIn(asked));
  const all = rows.flatMap((open) => (endings[open.state] ?? []).map((settlement) => ({ open, settlement })));
  for (const { open, settlement } of all)
    await asked.here.query(END, [
      open.id,
      open.ordinal,
      JSON.stringify(changeOf(settlement)),
      jsonOf(settlement),
    ]);
  return all;
}

/** Tells of endings, by the names that are left; the last that a transaction does. */
export async function tellEndings(here: Queryable, ended: readonly Ended[]): Promise<void> {
  const events: CampaignEvent[] = [];
  for (const { open, settlement } of ended) {
    const [named] = (await here.query<{ username: string; at: number }>(NAME, [open.id, open.ordinal])).rows;
    if (!named) continue;
    const key = endingKey(open.claim === null ? `r${open.ordinal}` : String(open.claim), settlement.t);
    const by = open.claim === null || open.account === null ? {} : { account: open.account };
    events.push(untoldEvent(open.id, { ...named, ...by, key, settlement }));
  }
  if (events.length > 0) await here.query(TELL, [jsonOf(events)]);
}

/** How many messages to them are on their way. */
export async function inFlight(asked: RowsAsked): Promise<number> {
  const { rows } = await asked.here.query<{ count: number }>(IN_FLIGHT, placesIn(asked));
  return rows[0]?.count ?? 0;
}

function placesIn({ places }: RowsAsked): readonly [readonly string[], readonly number[]] {
  const pairs = [...places].flatMap(([id, ordinals]) => [...ordinals].map((one) => [id, one] as const));
  return [pairs.map(([id]) => id), pairs.map(([, one]) => one)];
}
