/** What holds for every statement of a connection that stores share. */
import { STATEMENT_MS } from "./connection.ts";

/**
 * What every connection is told first. A wait for a lock ends before the statement would, and a transaction whose worker
 * froze lets go of its rows. Compiling a statement would take longer than any of ours. A commit that is only in the server's memory would be a claim that a power cut forgets.
 */
export const SESSION_SETTINGS = `
select set_config('statement_timeout', '${STATEMENT_MS - 5000}', false),
       set_config('lock_timeout', '10000', false),
       set_config('jit', 'off', false),
       set_config('idle_in_transaction_session_timeout', '15000', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false),
       set_config('synchronous_commit',
                  case when current_setting('synchronous_commit') in ('off', 'local') then 'on'
                       else current_setting('synchronous_commit') end, false)`;
