/** Lines of the simulator's record by the key of a message, by its id, and by the account it came from. */

/** $1 entry, $2 username, $3 account, $4 key, $5 at, $6 hash of the text, $7 id of the message */
export const ADD = `
insert into peyk.simulated (entry, username, account, dedup_key, at, text_hash, message_id)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (message_id) where entry = 'delivered' do nothing`;

/** As `ADD`; answers how many entries of this kind there were with this key. */
export const ADD_COUNTED = `${ADD}
returning (select count(*) from peyk.simulated where dedup_key = $4 and entry = $1) as before`;

const DELIVERED = `
select username, account, dedup_key as "dedupKey", at, text_hash as "textHash", message_id as "messageId"
from peyk.simulated one where entry = 'delivered'`;

/** $1 key */
export const BY_KEY = `${DELIVERED} and dedup_key = $1 order by number`;

/** $1 id */
export const BY_MESSAGE = `${DELIVERED} and message_id = $1 and not exists (
  select from peyk.simulated where entry = 'takenBack' and message_id = $1) limit 1`;

/** $1 account, $2 how many come before it */
export const NTH = `
select at from peyk.simulated where entry = 'delivered' and account = $1 order by number offset $2 limit 1`;
