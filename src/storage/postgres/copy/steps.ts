/**
 * The statements that change the copy. Each takes a whole stretch of lines as arrays, and can be made again without
 * effect: rows remember the number of the line that last changed them, and older lines change nothing.
 */
import type { Feed, FeedPosition, Outcome, Step, StoredCampaign } from "../../ports/sync.ts";
import { FEED_START, keepable } from "../../ports/sync.ts";
import type { Connection } from "../connection.ts";

/** Makes one step; `lines` is the number of lines of its log before and with the stretch. */
export async function makeStep(connection: Connection, step: Step, lines: number): Promise<void> {
  switch (step.kind) {
    case "recipients":
      return addRecipients(connection, step);
    case "outcomes":
      return setOutcomes(connection, step.campaignId, step.outcomes);
    case "cancelAll":
      return run(connection, MOVE_ALL, [step.campaignId, step.from, step.to, "cancelled"]);
    case "retryAll":
      return run(connection, MOVE_ALL, [step.campaignId, step.from, step.to, null]);
    case "suppressions":
      return setSuppressions(connection, step, lines);
    case "leads":
      return addLeads(connection, step);
    case "deliveries":
      return setDeliveries(connection, step);
  }
}

/** Moves a log's position if it still is at `from`; answers whether it was. */
export async function movePosition(
  connection: Connection,
  feedKey: string,
  { from, to }: { readonly from: FeedPosition; readonly to: FeedPosition },
): Promise<boolean> {
  const values = [feedKey, to.cursor, to.lines];
  const { count } =
    from.cursor === FEED_START.cursor
      ? await connection.query(BEGIN_POSITION, values)
      : await connection.query(MOVE_POSITION, [...values, from.cursor]);
  return count === 1;
}

/**
 * Takes back what a log said, so that it can be read again from its start. With a list, what was said of those on it goes
 * too, so the campaign's journal begins anew as well. Opt-outs that were made in the database are kept.
 */
export async function takeBack(connection: Connection, feed: Feed): Promise<void> {
  await run(connection, "delete from peyk_copy.positions where feed = $1", [feed.key]);
  switch (feed.kind) {
    case "recipients":
      await run(connection, FORGET_RECIPIENTS, [feed.campaignId, feed.firstOrdinal]);
      await run(connection, "delete from peyk_copy.positions where feed = $1", [feed.journalKey]);
      return run(connection, RESET_RECIPIENTS, [feed.campaignId]);
    case "journal":
      return run(connection, RESET_RECIPIENTS, [feed.campaignId]);
    case "suppressions":
      return run(connection, "delete from peyk_copy.suppressions", []);
    case "leads":
      return run(connection, "delete from peyk_copy.leads where list = $1", [feed.list]);
  }
}

/** Writes campaigns' documents. */
export async function writeCampaigns(
  connection: Connection,
  campaigns: readonly StoredCampaign[],
): Promise<void> {
  for (const { campaign, hash } of campaigns) {
    const { id, status, channel, message, createdAt, finishedAt = null } = campaign;
    const values = [id, status, channel, keepable(message), createdAt, finishedAt, document(campaign), hash];
    await connection.query(WRITE_CAMPAIGN, values);
  }
}

const BEGIN_POSITION = `
insert into peyk_copy.positions (feed, cursor, lines) values ($1, $2, $3)
on conflict (feed) do update
set cursor = excluded.cursor, lines = excluded.lines, moved_at = now()
where positions.cursor = '${FEED_START.cursor}'`;

const MOVE_POSITION = `
update peyk_copy.positions set cursor = $2, lines = $3, moved_at = now()
where feed = $1 and cursor = $4`;

const WRITE_CAMPAIGN = `
insert into peyk_copy.campaigns (id, status, channel, message, created_at, finished_at, document, hash)
values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), $7, $8)
on conflict (id) do update
set status = excluded.status, channel = excluded.channel, message = excluded.message,
    created_at = excluded.created_at, finished_at = excluded.finished_at,
    document = excluded.document, hash = excluded.hash`;

const ADD_RECIPIENTS = `
insert into peyk_copy.recipients (campaign_id, ordinal, username)
select $1, $2::int + n - 1, username from unnest($3::text[]) with ordinality as given (username, n)
on conflict (campaign_id, ordinal) do update
set username = excluded.username where recipients.username <> excluded.username`;

/**
 * The ordinals stand in it twice so that the rows are found by the primary key, whatever the planner believes. Of two
 * endings of one uncertainty, as journals of an earlier version may have them, the first one stands (`isLate`).
 */
const SET_OUTCOMES = `
update peyk_copy.recipients as known
set state = said.state, account = coalesce(said.account, known.account), attempts = known.attempts + said.claims,
    at = to_timestamp(said.at / 1000), message_id = said.message_id, why = said.why,
    skip_reason = said.skip_reason, log_line = said.line
from unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::float8[], $7::text[], $8::text[], $9::text[], $10::text[],
            $11::bigint[])
  as said (ordinal, state, account, claims, at, message_id, why, skip_reason, ends, line)
where known.campaign_id = $1 and known.ordinal = any ($2::int[])
  and known.ordinal = said.ordinal and known.log_line < said.line
  and (said.ends is null or known.state = any (string_to_array(said.ends, ',')))`;

const MOVE_ALL = `
update peyk_copy.recipients set state = $3, skip_reason = coalesce($4, skip_reason)
where campaign_id = $1 and state = any ($2::text[])`;

const FORGET_RECIPIENTS = `delete from peyk_copy.recipients where campaign_id = $1 and ordinal >= $2`;

const RESET_RECIPIENTS = `
update peyk_copy.recipients
set state = 'planned', attempts = 0, account = null, at = null, message_id = null, why = null, skip_reason = null,
    log_line = 0
where campaign_id = $1 and (log_line > 0 or state <> 'planned')`;

const ADD_SUPPRESSIONS = `
insert into peyk_copy.suppressions (username, reason, note, at, log_line)
select username, reason, note, to_timestamp(at / 1000), $5
from unnest($1::text[], $2::text[], $3::text[], $4::float8[]) as said (username, reason, note, at)
on conflict (username) do update
set reason = excluded.reason, note = excluded.note, at = excluded.at, log_line = excluded.log_line
where suppressions.log_line < excluded.log_line`;

const REMOVE_SUPPRESSIONS = `delete from peyk_copy.suppressions where username = any($1::text[]) and log_line < $2`;

const ADD_LEADS = `
insert into peyk_copy.leads (list, source, id, username, display_name, details, collected_at)
select $1, source, id, username, display_name, details::jsonb, to_timestamp(at / 1000)
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[])
  as said (source, id, username, display_name, details, at)
on conflict (list, source, id) do update
set username = excluded.username, display_name = excluded.display_name, details = excluded.details,
    collected_at = excluded.collected_at`;

const SET_DELIVERIES = `
update peyk_copy.leads as known set delivered_request = said.request, delivered_at = to_timestamp(said.at / 1000)
from unnest($2::text[], $3::text[], $4::int[], $5::float8[]) as said (source, id, request, at)
where known.list = $1 and known.id = any ($3::text[]) and known.source = said.source and known.id = said.id`;

function text(value: string | undefined): string | null {
  return value === undefined ? null : keepable(value);
}

function document(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value, keepablePart);
}

/** Names of fields are texts like any other: lists' columns and leads' details are named by strangers. */
function keepablePart(_: string, part: unknown): unknown {
  if (typeof part === "string") return keepable(part);
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [keepable(name), value]));
}

async function run(connection: Connection, sql: string, values: readonly unknown[]): Promise<void> {
  await connection.query(sql, values);
}

function addRecipients(
  connection: Connection,
  { campaignId, firstOrdinal, usernames }: Extract<Step, { kind: "recipients" }>,
): Promise<void> {
  return run(connection, ADD_RECIPIENTS, [campaignId, firstOrdinal, usernames.map(keepable)]);
}

function setOutcomes(
  connection: Connection,
  campaignId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  return run(connection, SET_OUTCOMES, [
    campaignId,
    outcomes.map(({ ordinal }) => ordinal),
    outcomes.map(({ state }) => state),
    outcomes.map(({ account }) => text(account)),
    outcomes.map(({ claims }) => claims),
    outcomes.map(({ at }) => at),
    outcomes.map(({ messageId }) => text(messageId)),
    outcomes.map(({ why }) => text(why)),
    outcomes.map(({ skipReason }) => skipReason ?? null),
    outcomes.map(({ ends }) => ends?.join() ?? null),
    outcomes.map(({ line }) => line),
  ]);
}

async function setSuppressions(
  connection: Connection,
  { added, removed }: Extract<Step, { kind: "suppressions" }>,
  lines: number,
): Promise<void> {
  if (removed.length > 0) await run(connection, REMOVE_SUPPRESSIONS, [removed.map(keepable), lines]);
  if (added.length === 0) return;
  await run(connection, ADD_SUPPRESSIONS, [
    added.map(({ username }) => keepable(username)),
    added.map(({ reason }) => reason),
    added.map(({ note }) => text(note)),
    added.map(({ at }) => at),
    lines,
  ]);
}

function addLeads(connection: Connection, { list, leads }: Extract<Step, { kind: "leads" }>): Promise<void> {
  return run(connection, ADD_LEADS, [
    list,
    leads.map(({ source }) => source),
    leads.map(({ id }) => keepable(id)),
    leads.map(({ username }) => keepable(username)),
    leads.map(({ displayName }) => text(displayName)),
    leads.map((lead) => document(lead.details)),
    leads.map(({ at }) => at),
  ]);
}

function setDeliveries(
  connection: Connection,
  { list, delivered }: Extract<Step, { kind: "deliveries" }>,
): Promise<void> {
  return run(connection, SET_DELIVERIES, [
    list,
    delivered.map(({ source }) => source),
    delivered.map(({ id }) => keepable(id)),
    delivered.map(({ request }) => request),
    delivered.map(({ at }) => at),
  ]);
}
