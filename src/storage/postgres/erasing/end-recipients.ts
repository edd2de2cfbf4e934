/** Whoever was still to be written to, or may have been, comes to an end before what says who they were goes. */
import type { Settlement } from "../../../domain/journal.ts";
import type { RecipientState } from "../../../domain/recipient.ts";
import { jsonOf } from "../json.ts";
import { changeOf } from "../ledger/sweeping.ts";
import type { RowsAsked } from "./rows-of-person.ts";

/** $1 campaigns, $2 places there */
const OPEN = `
select campaign_id as id, ordinal, state from peyk.recipients
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

type Open = { readonly id: string; readonly ordinal: number; readonly state: RecipientState };

const interrupted: Settlement = { t: "uncertain", why: "interruptedBeforeRecord" };
const left: Settlement = { t: "skipped", reason: "leftInDoubt" };
const erased: Settlement = { t: "skipped", reason: "erased" };

const endings: Readonly<Partial<Record<RecipientState, readonly Settlement[]>>> = {
  planned: [erased],
  claimed: [interrupted, left],
  uncertain: [left],
};

export async function endRecipients(asked: RowsAsked): Promise<void> {
  const { rows } = await asked.here.query<Open>(OPEN, placesIn(asked));
  for (const { id, ordinal, state } of rows)
    for (const ending of endings[state] ?? [])
      await asked.here.query(END, [id, ordinal, JSON.stringify(changeOf(ending)), jsonOf(ending)]);
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
