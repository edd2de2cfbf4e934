/** What a test database tells those outside of how people ended, beside what it has on record. */
import { z } from "zod";
import type { CampaignEvent } from "../../../src/domain/campaign-event.ts";
import { endingKey, isCampaignEvent } from "../../../src/domain/campaign-event.ts";
import { untoldEvent } from "../../../src/domain/ending-events.ts";
import { parseEntry } from "../../../src/storage/files/ledger/journal-entry.ts";
import type { TestDatabase } from "./test-database.ts";

const RECORDED = `
select one.entry::text, one.claim_id as claim, username, (
  select claimed.entry ->> 'a' from peyk.journal claimed
  where claimed.claim_id = one.claim_id and claimed.entry ->> 't' = 'claim') as account
from peyk.journal one join peyk.recipients r
  on r.campaign_id = one.campaign_id and r.ordinal = (one.entry ->> 'r')::integer
where one.campaign_id = $1 and one.entry ->> 't' not in ('claim', 'leaves') order by number`;

const TOLD = `
select event from peyk.events where log = 'campaigns' and event ->> 'campaignId' = $1 and event ? 'key' order by number`;

const rowSchema = z.object({
  entry: z.string(),
  claim: z.string().nullable(),
  username: z.string(),
  account: z.string().nullable(),
});

export interface ToldEndings {
  /** By the journal alone, each as the domain tells of it; in the order of the record. */
  readonly recorded: readonly CampaignEvent[];
  /** In the order in which readers see them, whenever they were told. */
  readonly told: readonly CampaignEvent[];
}

export async function toldEndings(here: TestDatabase, id: string): Promise<ToldEndings> {
  const rows = z.array(rowSchema).parse(await here.query(RECORDED, [id]));
  const recorded = rows.flatMap(({ entry: text, claim, username, account }) => {
    const entry = parseEntry(text);
    if (!("r" in entry) || entry.t === "claim" || entry.t === "leaves") return [];
    const { r, at, ...settlement } = entry;
    const key = endingKey(claim ?? `r${r}`, settlement.t);
    const by = account === null ? {} : { account };
    return [untoldEvent(id, { key, username, ...by, settlement, at })];
  });
  const told = (await here.query(TOLD, [id])).map(({ event }) => {
    if (!isCampaignEvent(event)) throw new Error("no event of a campaign");
    return { ...event, isToldLate: true as const };
  });
  return { recorded, told };
}
