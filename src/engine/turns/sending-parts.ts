/** What the sending of one campaign is made of, and what it tells whoever runs the campaign. */
import type { Channel, MessageExtras } from "../../channels/channel.ts";
import type { CampaignAccount } from "../../domain/campaign.ts";
import type { Recipient } from "../../domain/recipient.ts";
import type { Consequence, RetryPolicy } from "../../domain/verdict.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Ledger, PassedOver } from "../../storage/stores.ts";
import type { AccountPool } from "../accounts/account-pool.ts";
import type { Wait } from "../accounts/account-waits.ts";
import type { CampaignHearing } from "../answers/hearing.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Settled } from "./settled.ts";

export interface SendingParts {
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly scheduler: Scheduler;
  readonly accounts: readonly CampaignAccount[];
  /** The exact text for one recipient. */
  readonly render: (recipient: Recipient) => string;
  /** What the message has beside its text. */
  readonly extras: MessageExtras | undefined;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** How long a send may take before it counts as unanswered, in ms. */
  readonly sendTimeoutMs: number;
  /** Called right before each send; what it throws ends the sending, and the claim stays open. */
  readonly beforeSend: () => void;
  /** Absent where nobody reads what people answer. */
  readonly hearing?: CampaignHearing | undefined;
  readonly log: { error(message: string): void };
  readonly tell: (event: SendingEvent) => void;
}

/** What happens while a campaign sends. */
export type SendingEvent =
  | { readonly kind: "settled"; readonly settled: Settled }
  /** An account rests or leaves. */
  | { readonly kind: "account"; readonly account: string; readonly consequence: Consequence }
  /** Somebody was due and may not be written to. */
  | { readonly kind: "skipped"; readonly passedOver: PassedOver }
  /** Nobody may send for a good while. */
  | { readonly kind: "waits"; readonly wait: Wait }
  /** Somebody may again. */
  | { readonly kind: "goesOn" }
  /** Every send would fail alike: the message itself was rejected. Sending has stopped. */
  | { readonly kind: "rejected"; readonly why: Reason }
  /** Nobody is planned or in flight any more. Sending has stopped. */
  | { readonly kind: "drained" }
  /** Something could not be recorded. Sending has stopped. */
  | { readonly kind: "broken"; readonly error: unknown };
