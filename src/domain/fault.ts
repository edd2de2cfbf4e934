/**
 * What a channel answers to a send: delivered, or a fault whose kind says who pays for it and whether a message may
 * have left. Expected failures are values; an exception out of a channel is a surprise and counts as `uncertain`.
 */
import type { Reason } from "./reasons/reason.ts";

/** The channel said yes. */
export interface Delivered {
  readonly kind: "delivered";
  /** The platform's own id of the message, kept as proof. */
  readonly messageId: string;
  /** The platform says this account may send nothing more before then, ms since the epoch. */
  readonly restsUntil?: number;
  /** Less arrived than was sent, and everybody else would get as little: why. */
  readonly cutShort?: Reason;
}

/**
 * Why a send did not end in `delivered`. Only `uncertain` leaves open whether a message left; every other kind is
 * proof that none did. `why` says it to people and logs (reasons/reason.ts).
 */
export type Fault =
  /**
   * Too fast: for the account, for everybody on the channel, or for this one person's chat. Costs neither retry nor
   * health; nothing was sent. `retryAt` in ms since the epoch.
   */
  (
    | {
        readonly kind: "throttled";
        readonly scope: "account" | "channel" | "recipient";
        readonly retryAt: number;
        readonly why: Reason;
      }
    /** This person can't be written to. Nobody's fault; not retried. */
    | { readonly kind: "recipient"; readonly state: "notFound" | "refused"; readonly why: Reason }
    /** Asked who this is, the platform answers for others and not for this name. Asked again a few times, then failed. */
    | { readonly kind: "unanswered"; readonly why: Reason }
    /**
     * Surely not delivered, and the platform does not say whether it is for the person or for the sender. Counts as
     * failed; after a few in a row the campaign pauses, rather than burn its list.
     */
    | { readonly kind: "unexplained"; readonly why: Reason }
    /** The sending account is in trouble: it rests until a moment, or leaves until the operator mends it. */
    | {
        readonly kind: "account";
        readonly trouble: "resting" | "locked" | "loggedOut";
        readonly until?: number;
        readonly why: Reason;
      }
    /** The service could not be reached or said it is down, before the message left. Retried; trips the breaker. */
    | { readonly kind: "unavailable"; readonly why: Reason }
    /** The message may or may not have been delivered: time-out, cut connection, 5xx after the request left. */
    | { readonly kind: "uncertain"; readonly why: Reason }
    /**
     * The message was taken back while it waited for its call: its campaign was paused, the person opted out, or the time
     * was up. Nothing was asked of the platform, and nobody pays.
     */
    | { readonly kind: "withdrawn"; readonly why: Reason }
    /** Every send would fail alike (our message is too long, no credits are left): the campaign pauses. */
    | { readonly kind: "rejected"; readonly why: Reason }
  ) & {
    /** Known without a call to send, so that no limit on calls is used up by it. */
    readonly uncalled?: true;
  };

export type Answer = Delivered | Fault;
