/** What the sending of one campaign is made of. */
import type { Channel } from "../../channels/channel.ts";
import type { CampaignAccount } from "../../domain/campaign.ts";
import type { RetryPolicy } from "../../domain/verdict.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Ledger } from "../../storage/ports/ledger.ts";
import type { AccountPool } from "../accounts/account-pool.ts";
import type { CampaignHearing } from "../answers/hearing.ts";
import type { StoreAway } from "../store-away.ts";
import type { WorkEvent } from "../work-event.ts";
import type { MessageText } from "./message-texts.ts";
import type { Scheduler } from "./scheduler.ts";

export interface SendingParts {
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly scheduler: Scheduler;
  readonly accounts: readonly CampaignAccount[];
  /** The campaign has a spend cap. */
  readonly isCapped?: boolean;
  /** Higher ones go first through the accounts they share; as it stands now. */
  readonly priority?: () => number;
  /** The campaign's text in a language; undefined: the main one. */
  readonly texts: (language: string | undefined) => MessageText;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** How long a send may take before it counts as unanswered, in ms. */
  readonly sendTimeoutMs: number;
  /** Absent where nobody reads what people answer. */
  readonly hearing?: CampaignHearing | undefined;
  /** As in {@link EngineParts}. */
  readonly away?: StoreAway | undefined;
  /** Others send for it too: refusals that nobody explains are counted where all of them see it. */
  readonly isShared?: boolean;
  readonly log: { error(message: string): void };
  readonly tell: (event: WorkEvent) => void;
}
