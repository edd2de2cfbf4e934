/** How far what people wrote to each account is read, for every process; a claim asks it in its own transaction. */
import { z } from "zod";
import { reason } from "../../ports/documents/reason-schema.ts";
import type { InboxStore } from "../../ports/inboxes.ts";
import type { Database } from "../database.ts";
import { jsonOf } from "../json.ts";

/** $1 channel, $2 account, $3 ms ago */
const WAS_READ = `
insert into peyk.inboxes (channel, account, read_at) values ($1, $2, peyk.now() - $3)
on conflict (channel, account) do update set
  read_at = greatest(inboxes.read_at, excluded.read_at), shut_until = null, shut_why = null`;

/** $1 channel, $2 account, $3 for so many ms, null for good, $4 why */
const IS_SHUT = `
insert into peyk.inboxes (channel, account, shut_until, shut_why) values ($1, $2, peyk.now() + $3::bigint, $4)
on conflict (channel, account) do update set shut_until = excluded.shut_until, shut_why = excluded.shut_why`;

/** $1 channel */
const SHUT = `
select account, shut_until as until, shut_why as why from peyk.inboxes
where channel = $1 and shut_why is not null order by shut_until desc nulls first, account limit 1`;

const shutSchema = z.object({ account: z.string(), until: z.number().nullable(), why: reason });

export function createInboxStore(database: Database): InboxStore {
  return {
    async wasRead(channel, account, beganMsAgo) {
      await database.query(WAS_READ, [channel, account, Math.round(beganMsAgo)]);
    },
    async isShut(channel, account, { forMs, why }) {
      await database.query(IS_SHUT, [
        channel,
        account,
        Number.isFinite(forMs) ? Math.round(forMs) : null,
        jsonOf(why),
      ]);
    },
    async shut(channel) {
      const { rows } = await database.query(SHUT, [channel]);
      if (!rows[0]) return undefined;
      const { account, until, why } = shutSchema.parse(rows[0]);
      return { account, until: until ?? Infinity, why };
    },
  };
}
