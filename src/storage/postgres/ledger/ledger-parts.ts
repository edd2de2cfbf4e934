import type { DayOf } from "../../../domain/accounts/calendar-day.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Windows } from "../../../domain/when/windows.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Database } from "../database.ts";
import type { OptedOutSince } from "./opt-outs.ts";

/** What a campaign's ledger in PostgreSQL is made of. */
export interface LedgerParts {
  readonly database: Database;
  /** The same for whoever reads all of it; absent: over the same connections. */
  readonly looking?: Database;
  /** As it was opened: its text and rules are what is sent and asked until it is opened anew. */
  readonly campaign: Campaign;
  /** This process. */
  readonly owner: string;
  /** This machine's: how long an answer was on its way. What is decided goes by the database's. */
  readonly clock: Pick<Clock, "now">;
  readonly dayOf: DayOf;
  readonly windows: Windows;
  /** Everybody who opted out of a channel; absent: no guard rail goes by it. */
  readonly optedOut?: OptedOutSince | undefined;
}
