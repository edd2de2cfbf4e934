/**
 * Opens the ledgers in PostgreSQL. Any number of processes have one open at the same time; what an owner who is gone left
 * claimed is settled by whoever opens it next.
 */
import { z } from "zod";
import type { DayOf } from "../../../domain/accounts/calendar-day.ts";
import type { Limit } from "../../../domain/accounts/limits.ts";
import { allFreeAt } from "../../../domain/accounts/window.ts";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { campaignKey } from "../../../domain/campaign.ts";
import type { RecipientState } from "../../../domain/recipient.ts";
import { recipientStates } from "../../../domain/recipient.ts";
import { createWindows } from "../../../domain/when/windows.ts";
import { createWallClock } from "../../../lib/time/wall-clock.ts";
import type { Capped, LedgerStore, Opening, TestSendRequest } from "../../ports/ledger.ts";
import { keepable } from "../../ports/sync.ts";
import type { Database } from "../database.ts";
import type { Fillings } from "./fillings.ts";
import { countsOf, fillingAfter, fillings } from "./fillings.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { PostgresLedger } from "./ledger.ts";
import type { Owner } from "./owner.ts";
import * as sql from "./rows-sql.ts";

/** Rows read or names written in one statement. */
const PAGE = 10_000;

export interface PostgresLedgerStoreParts extends Pick<
  LedgerParts,
  "database" | "looking" | "clock" | "optedOut"
> {
  /** This process, as it is called when a ledger is opened; see owner.ts. */
  readonly owner: Pick<Owner, "id">;
  /** The calendar by whose midnight a day's limits end. */
  readonly dayOf: DayOf;
}

export function createPostgresLedgerStore(parts: PostgresLedgerStoreParts): LedgerStore {
  const { database, looking = database, dayOf } = parts;
  const windows = createWindows(createWallClock);
  return {
    open: (campaign) => open({ ...parts, owner: parts.owner.id, campaign, windows }),
    async sentNames(id) {
      const { rows } = await database.query<{ username: string }>(sql.NAMES_SENT, [id]);
      return new Set(rows.map(({ username }) => username));
    },
    states: (id) => states(looking, id),
    async usedToday(channel, account) {
      const since = dayOf(await timeOf(database)).start;
      const { rows } = await database.query<{ count: number }>(sql.USED_BY_ACCOUNT, [
        channel,
        account,
        since,
      ]);
      return rows[0]?.count ?? 0;
    },
    debitTestSend: (request) => debitTestSend(parts, request),
    honour: (id, names) => honour(database, id, names),
    async removeCheckpoint(id) {
      return (await database.query(sql.REMOVE_CHECKPOINT, [id])).count > 0;
    },
  };
}

async function open(parts: LedgerParts): Promise<Opening> {
  const { database, campaign, owner } = parts;
  const ledger = new PostgresLedger(parts);
  const { sent } = await ledger.counts();
  const cutOff = await ledger.sweep();
  await ledger.recall();
  // Of this process nobody asks about anybody yet: what it could not give up when it closed the campaign it gives up now.
  await database.query(sql.GIVE_UP_ALL, [campaign.id, owner]);
  const skipped = await passOverEarlier(database, campaign.id);
  const { rows } = await database.query<{ names: number }>(sql.CHECKPOINT, [campaign.id]);
  return {
    ledger,
    cutOff,
    alreadySent: sent + skipped,
    ...(rows[0] ? { checkpointNames: rows[0].names } : {}),
  };
}

async function passOverEarlier(database: Database, id: Campaign["id"]): Promise<number> {
  const { rows } = await database.query<{ count: number }>(sql.PASS_OVER_EARLIER, [id]);
  return rows[0]?.count ?? 0;
}

const statesSchema = z.object({ ordinal: z.number(), username: z.string(), state: z.enum(recipientStates) });

async function states(database: Database, id: CampaignId): Promise<ReadonlyMap<string, RecipientState>> {
  const found = new Map<string, RecipientState>();
  for (let from = 0; ;) {
    const { rows } = await database.query(sql.STATES, [id, from, PAGE]);
    for (const row of rows) {
      const { ordinal, username, state } = statesSchema.parse(row);
      found.set(username, state);
      from = ordinal + 1;
    }
    if (rows.length < PAGE) return found;
  }
}

async function honour(database: Database, id: CampaignId, names: ReadonlySet<string>): Promise<number> {
  const all = [...names].map(keepable);
  let added = 0;
  for (let at = 0; at < all.length; at += PAGE) {
    const asked = [id, campaignKey(id), all.slice(at, at + PAGE)];
    added += (await database.query(sql.HONOUR, asked)).count;
  }
  await passOverEarlier(database, id);
  return added;
}

const beginsSchema = z.object({ now: z.number(), caps: fillings, rates: fillings });

async function debitTestSend(
  { database, dayOf }: PostgresLedgerStoreParts,
  { channel, account, caps, rates }: TestSendRequest,
): Promise<"debited" | Capped> {
  return database.inTransaction(async (connection) => {
    await connection.query(sql.HOLD_ACCOUNT, [channel, account]);
    const counts = [countsOf(caps), countsOf(rates)];
    const { rows } = await connection.query(sql.TEST_SEND_BEGINS, [channel, account, ...counts]);
    const begun = beginsSchema.parse(rows[0]);
    const freeAfter = (list: Fillings, limits: readonly Limit[]): number =>
      allFreeAt(fillingAfter(list, limits, { more: 0, most: 1, at: begun.now }), limits, begun.now, dayOf);
    const cappedUntil = Math.max(freeAfter(begun.caps, caps), freeAfter(begun.rates, rates));
    if (cappedUntil > begun.now) return { cappedUntil };
    await connection.query(sql.DEBIT, [channel, account, begun.now]);
    return "debited";
  });
}

async function timeOf(database: Database): Promise<number> {
  const { rows } = await database.query<{ now: number }>(sql.NOW);
  return rows[0]?.now ?? 0;
}
