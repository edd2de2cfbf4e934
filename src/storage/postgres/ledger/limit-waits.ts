/** How long limits keep accounts from claims: what a claim finds, asked of several accounts and written nowhere. */
import { z } from "zod";
import { allFreeAt } from "../../../domain/accounts/window.ts";
import type { Caps, Limit } from "../../../domain/accounts/limits.ts";
import { limitsOf } from "../../../domain/accounts/limits.ts";
import type { LimitWait, LimitedAccount } from "../../ports/ledger.ts";
import type { Fillings } from "./fillings.ts";
import { countsOf, fillingAfter, fillings } from "./fillings.ts";
import type { LedgerParts } from "./ledger-parts.ts";

/** $1 campaign, $2 channel, $3 of each account account, caps and rates: the counts of its limits */
const FOUND = `
select peyk.now() as now, document -> 'pace' as "paceSet", peyk.filling_pace($1, document -> 'pace', 1) as pace,
  (select coalesce(jsonb_agg(jsonb_build_object(
     'caps', peyk.filling_messages($2, account, caps, 1), 'rates', peyk.filling_calls($2, account, rates, 1)) order by nth), '[]')
   from rows from (jsonb_to_recordset($3::jsonb) as (account text, caps integer[], rates integer[]))
     with ordinality as asked (account, caps, rates, nth)) as accounts
from (select (select document from peyk.campaigns where id = $1) as document) as stored`;

const pace = z.object({ perMinute: z.number(), perHour: z.number(), perDay: z.number() }).partial();

const foundSchema = z.object({
  now: z.number(),
  paceSet: pace.nullable(),
  pace: fillings,
  accounts: z.array(z.object({ caps: fillings, rates: fillings })),
});

export async function limitWaits(
  { database, campaign, dayOf }: Pick<LedgerParts, "database" | "campaign" | "dayOf">,
  asked: readonly LimitedAccount[],
): Promise<readonly LimitWait[]> {
  const counts = asked.map(({ account, caps, rates }) => ({
    account,
    caps: countsOf(caps),
    rates: countsOf(rates),
  }));
  const { rows } = await database.query(FOUND, [campaign.id, campaign.channel, JSON.stringify(counts)]);
  const { now, paceSet, ...found } = foundSchema.parse(rows[0]);
  const freeAt = (list: Fillings, limits: readonly Limit[]): number =>
    allFreeAt(fillingAfter(list, limits, { more: 0, most: 1, at: now }), limits, now, dayOf);
  const paceAt = paceSet ? freeAt(found.pace, limitsOf(capsIn(paceSet))) : now;
  return asked.map(({ caps, rates }, nth) => {
    const { caps: messages, rates: calls } = found.accounts[nth] ?? { caps: [], rates: [] };
    const accountAt = Math.max(freeAt(messages, caps), freeAt(calls, rates));
    const freeInMs = Math.max(accountAt, paceAt) - now;
    return { freeInMs, ...(paceAt > accountAt ? { isPaced: true } : {}) };
  });
}

function capsIn({ perMinute, perHour, perDay }: z.infer<typeof pace>): Caps {
  return {
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(perHour === undefined ? {} : { perHour }),
    ...(perDay === undefined ? {} : { perDay }),
  };
}
