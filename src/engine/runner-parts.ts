/** What a runner is made of, and what it tells whoever runs it. */
import type { Channel, MessageExtras } from "../channels/channel.ts";
import type { CampaignAccount } from "../domain/campaign.ts";
import type { Recipient } from "../domain/recipient.ts";
import type { Consequence, RetryPolicy } from "../domain/verdict.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { Clock } from "../lib/clock.ts";
import type { Ledger, PassedOver } from "../storage/stores.ts";
import type { AccountPool } from "./account-pool.ts";
import type { CampaignHearing } from "./hearing.ts";
import type { Settled, Wait } from "./runner-event.ts";

export interface RunnerParts {
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly accounts: readonly CampaignAccount[];
  /** The exact text for one recipient. */
  readonly render: (recipient: Recipient) => string;
  /** What the message has beside its text. */
  readonly extras: MessageExtras | undefined;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** Sends in flight at most. */
  readonly concurrency: number;
  /** How long a send may take before it counts as unanswered, in ms. */
  readonly sendTimeoutMs: number;
  /** Called right before each send; what it throws breaks the runner, and the claim stays open. */
  readonly beforeSend: () => void;
  /** Absent where nobody reads what people answer. */
  readonly hearing?: CampaignHearing | undefined;
  readonly log: { error(message: string): void };
  readonly listener: RunnerListener;
}

/** What a runner tells whoever runs it. */
export interface RunnerListener {
  settled(settled: Settled): void;
  account(account: string, consequence: Consequence): void;
  /** Somebody was due and may not be written to. */
  skipped(passedOver: PassedOver): void;
  /** Nobody may send until then (infinity: not by itself). */
  starved(wait: Wait): void;
  fed(): void;
  /** Every send would fail alike: the message itself was rejected. */
  rejected(why: Reason): void;
  /** Nobody is planned or in flight any more. */
  drained(): void;
  /** Something could not be recorded: sending has stopped. */
  broken(error: unknown): void;
}
