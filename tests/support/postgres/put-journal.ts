/** A campaign in a test database as if ledgers had written this journal, by the functions by which they write. */
import type { CampaignId } from "../../../src/domain/campaign.ts";
import type { Entry } from "../../../src/domain/journal.ts";
import { transitionOf } from "../../../src/domain/transitions.ts";
import { changeOf } from "../../../src/storage/postgres/ledger/sweeping.ts";
import type { TestDatabase } from "./test-database.ts";

/** In one statement, for a test of random journals has thousands of entries. A person may be there under several names. */
const PUT_JOURNAL = `
create or replace function test.put_journal(campaign text, of_owner text, entries jsonb) returns void
language plpgsql as $$
declare
  entry jsonb;
  change jsonb;
  one peyk.recipients;
begin
  for entry, change in select value -> 'entry', value -> 'change' from jsonb_array_elements(entries) loop
    select * into one from peyk.recipients r where campaign_id = campaign and ordinal = (entry ->> 'r')::integer;
    if entry ->> 't' = 'claim' then
      delete from peyk.claimed_people where campaign_id = campaign;
      perform peyk.make_claims(campaign, of_owner, 'scripted', (entry ->> 'at')::bigint,
        array[nextval('peyk.claim_ids')], jsonb_build_array(entry));
    elsif entry ->> 't' in ('cancelAll', 'retryAll') then
      perform peyk.move_all(campaign, change, 0, 1000);
    elsif entry ->> 't' = 'leaves' then
      update peyk.recipients set waits = false where campaign_id = campaign and ordinal = one.ordinal;
    else
      perform peyk.end_claims(campaign, jsonb_build_array(jsonb_build_object(
        'r', one.ordinal, 'claim', one.claim_id, 'change', change, 'ending', entry - 'r' - 'at')), (entry ->> 'at')::bigint);
    end if;
  end loop;
end $$`;

export async function putJournal(
  here: TestDatabase,
  { id, owner }: { readonly id: CampaignId; readonly owner: string },
  entries: readonly Entry[],
): Promise<void> {
  const given = entries.flatMap((entry) => (entry.t === "checkpoint" ? [] : [withChange(entry)]));
  await here.query(PUT_JOURNAL);
  await here.query("select test.put_journal($1, $2, $3)", [id, owner, JSON.stringify(given)]);
}

function withChange(entry: Exclude<Entry, { t: "checkpoint" }>) {
  const isOfClaim = "r" in entry && entry.t !== "claim" && entry.t !== "leaves";
  return { entry, change: isOfClaim ? changeOf(entry) : transitionOf(entry) };
}
