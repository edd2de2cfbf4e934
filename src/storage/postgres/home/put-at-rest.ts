/**
 * What the data of a dump becomes before it is used again: nothing in it goes on by itself. Campaigns wait for a word each,
 * collections and amendments that were under way are paused, replies that waited are left to the operator, and no owner of
 * claims is one any more.
 */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Restored } from "../../../domain/restored-mark.ts";
import { putBack } from "../../../domain/restored.ts";
import { createAmendmentStore } from "../amendments/amendment-store.ts";
import { createOwnReplyStore } from "../answers/own-reply-store.ts";
import { CHANGE } from "../campaigns/campaigns-sql.ts";
import type { Database, Queryable, Sql, Transaction } from "../database.ts";
import { jsonOf } from "../json.ts";
import { createLeadStore } from "../leads/lead-store.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";

/** What was put at rest. */
export interface AtRest {
  readonly campaigns: number;
  /** Campaigns that wait for a word. */
  readonly paused: number;
  readonly collections: number;
}

type When = Pick<Restored, "madeAt" | "at">;

const CAMPAIGNS = `select id, document, version from peyk.campaigns order by id for update`;
const FORGET_OWNERS = `delete from peyk.owners`;

/** @param here A transaction in which nobody else works on these tables. What can't be read stays as it is. */
export async function putAtRest(here: Queryable, when: When): Promise<AtRest> {
  await here.query(FORGET_OWNERS);
  const all = await pauseCampaigns(here, when);
  const paused = all.filter(({ status }) => status === "paused").length;
  await pauseAmending(here, all, when.at);
  await leaveReplies(here, when.at);
  return { campaigns: all.length, paused, collections: await pauseCollecting(here, when.at) };
}

async function pauseCampaigns(here: Queryable, when: When): Promise<readonly Campaign[]> {
  const { rows } = await here.query<{ id: string; document: unknown; version: number }>(CAMPAIGNS);
  const all: Campaign[] = [];
  for (const { id, document, version } of rows) {
    const parsed = campaignSchema.safeParse(document);
    if (!parsed.success) continue;
    const rested = putBack(parsed.data, when);
    await here.query(CHANGE, [id, version, jsonOf(rested)]);
    all.push(rested);
  }
  return all;
}

async function pauseAmending(here: Queryable, all: readonly Campaign[], at: number): Promise<void> {
  const amendments = createAmendmentStore(here);
  for (const id of await amendments.unfinished(all.map((one) => one.id))) {
    const log = await amendments.open(id);
    const { open } = log.fold;
    if (open?.status === "running") await log.record({ t: "status", n: open.number, status: "paused", at });
  }
}

/** A reply that waited may have been sent since: nobody gets it twice. */
async function leaveReplies(here: Queryable, at: number): Promise<void> {
  const replies = createOwnReplyStore(here);
  for (const { id, state } of await replies.open())
    if (state === "planned")
      await replies.settle(id, { state: "uncertain", why: "interruptedBeforeRecord" }, at);
}

async function pauseCollecting(here: Queryable, at: number): Promise<number> {
  await using leads = createLeadStore(asDatabase(here));
  const running = (await leads.summaries()).filter(({ request }) => request?.status.kind === "running");
  for (const { list } of running)
    await (await leads.open(list)).note({ t: "pause", pause: { kind: "restored" }, at });
  return running.length;
}

/** For a store that begins transactions of its own: it is in one already. */
function asDatabase(here: Queryable): Database {
  return {
    query: (sql, values) => here.query(sql, values),
    async inTransaction(work) {
      const last: (readonly [Sql, readonly unknown[]])[] = [];
      const withCommit: Transaction["withCommit"] = (sql, values) => void last.push([sql, values]);
      const result = await work({ query: (sql, values) => here.query(sql, values), withCommit });
      for (const [sql, values] of last) await here.query(sql, values);
      return result;
    },
    session: () => Promise.reject(new Error("there is one connection here")),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
