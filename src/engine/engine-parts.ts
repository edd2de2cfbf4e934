import type { Channel } from "../channels/channel.ts";
import type { BreakerPolicy } from "../domain/accounts/breaker.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { Recipient } from "../domain/recipient.ts";
import type { RetryPolicy } from "../domain/verdict.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountStore } from "../storage/ports/accounts.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";
import type { Duties } from "../storage/ports/duties.ts";
import type { LedgerStore, Opening } from "../storage/ports/ledger.ts";
import type { Hearing } from "./answers/hearing.ts";
import type { StoreAway } from "./store-away.ts";

/** What the engine is made of, and the numbers it goes by. */
export interface EngineParts {
  readonly campaigns: CampaignStore;
  readonly ledgers: LedgerStore;
  /** Where it is remembered how the accounts stand; without it every start takes them all for well. */
  readonly accounts?: AccountStore;
  /**
   * Who takes which account's turns, of the processes that share the store; what happens in any of them is heard here. Absent:
   * the store is this process's alone, and so are all turns.
   */
  readonly duties?: Pick<Duties, "offer">;
  /** The store while it is away; absent: what it refuses is for a person to look at. */
  readonly away?: StoreAway;
  /** By the name in their manifests. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Makes the function that writes the exact text for one recipient of a campaign. */
  readonly renderer: (campaign: Pick<Campaign, "message" | "extras">) => (recipient: Recipient) => string;
  readonly policy: RetryPolicy;
  readonly breakerPolicy: BreakerPolicy;
  /** Sends that the accounts of one channel may have under way together. */
  readonly concurrency: number;
  /** How long a send may take before it counts as unanswered, in ms. */
  readonly sendTimeoutMs: number;
  /** Who reads what people answer; absent: nobody does. */
  readonly hearing?: Hearing;
  /** True: campaigns can be looked at and decided on, and nothing is sent or asked whatever their status says. */
  readonly isAtRest?: boolean;
  readonly emit: (event: CampaignEvent) => void;
  /** Resolves once what was told is told for good, or can't be for now; absent: at once. */
  readonly toldForGood?: () => Promise<void>;
  /** Tells what is on record of a campaign that was just opened and nobody was told; absent: nobody asks. */
  readonly catchUp?: (campaign: Campaign, opening: Opening) => Promise<void>;
  readonly log: { error(problem: string | Error): void };
}
