/** What the sending of a campaign and the asking about who is uncertain tell whoever runs the campaign. */
import type { PauseReason } from "../domain/campaign.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { Hold } from "../domain/settings/holds.ts";
import type { Consequence } from "../domain/verdict.ts";
import type { PassedOver } from "../storage/ports/ledger.ts";
import type { Settled } from "./turns/settled.ts";

export type WorkEvent =
  | { readonly kind: "settled"; readonly settled: Settled }
  /** Somebody uncertain is settled. */
  | { readonly kind: "cleared"; readonly settled: Settled }
  /** The platform wants to be asked nothing about this account's messages before then, ms since the epoch. */
  | { readonly kind: "looksAgain"; readonly account: string; readonly until: number }
  /** Somebody waits for what they may have answered, and it can't be read; without `until` not by itself. */
  | { readonly kind: "unheard"; readonly account: string; readonly until?: number; readonly why: Reason }
  /** An account rests or leaves. */
  | { readonly kind: "account"; readonly account: string; readonly consequence: Consequence }
  /** Somebody was due and may not be written to. */
  | { readonly kind: "skipped"; readonly passedOver: PassedOver }
  /** Nobody may send for a good while. */
  | { readonly kind: "waits"; readonly pause: PauseReason }
  /** Somebody may again. */
  | { readonly kind: "goesOn" }
  /** A claim met that the campaign is stored as one that may not send. Sending has stopped. */
  | { readonly kind: "closed" }
  /** It waits for a person's word, and nothing of it is in flight. Sending has stopped. */
  | { readonly kind: "held"; readonly hold: Hold }
  /** Somebody was refused, which may be about us, and that is on record. */
  | { readonly kind: "unexplained"; readonly why: Reason }
  /** Every send would fail alike: the message itself was rejected. Sending has stopped. */
  | { readonly kind: "rejected"; readonly why: Reason }
  /** Nobody is planned or in flight any more, or nobody is asked about any more. */
  | { readonly kind: "drained" }
  /** Something could not be recorded. */
  | { readonly kind: "broken"; readonly error: unknown };
