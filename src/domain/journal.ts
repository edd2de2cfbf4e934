/**
 * The journal's entries: the only record of what happened to each recipient, in the order it happened. Everything
 * else (counts, progress, checkpoint, report) is folded from them, by the table in `transitions.ts`.
 *
 * `claim`, then the call, then one of the settlements: the claim is on disk before the call begins and debits the
 * account's budget; a claim with no settlement after a crash is settled as `uncertain`. One that waits for its call says
 * so (`w`), and `leaves` is on disk before the call begins: a claim that waits and never left is planned again, because
 * nobody was called for it.
 */
import type { CampaignId } from "./campaign.ts";
import type { Ordinal, Recipient, SkipReason } from "./recipient.ts";
import type { Reason } from "./reasons/reason.ts";

/** Short keys, because millions of lines are kept: `r` ordinal, `at` ms since the epoch, `why` as reasons/reason.ts tells. */
export type Entry =
  /**
   * The call is about to begin, or with `w` after a wait and a `leaves`: `a` account, `n` attempt from 1, `p` the person
   * behind the name, where it is known, `v` the campaign's revision, whose text and values the message has, from 1, `l` the
   * language of that text, absent for the main one.
   */
  | {
      readonly t: "claim";
      readonly r: Ordinal;
      readonly a: string;
      readonly n: number;
      readonly p?: string;
      readonly v?: number;
      readonly l?: string;
      readonly w?: true;
      readonly at: number;
    }
  /** The wait of a claim is over: its call may have begun. */
  | { readonly t: "leaves"; readonly r: Ordinal; readonly at: number }
  | ({ readonly r: Ordinal; readonly at: number } & Settlement)
  /** Everyone still planned is skipped as `cancelled`. */
  | { readonly t: "cancelAll"; readonly at: number }
  /** Everyone failed is planned again, with fresh attempts. */
  | { readonly t: "retryAll"; readonly at: number }
  /** The checkpoint file was rewritten: `names` it holds, `crc` of its bytes, by which it is known again as our own. */
  | { readonly t: "checkpoint"; readonly names: number; readonly crc: number; readonly at: number };

/** How a claim, an uncertain recipient, or one who is never tried ends. */
export type Settlement =
  | { readonly t: "sent"; readonly id: string }
  /** `uncalled`: known without a call to send, which the platform's limits then do not count. */
  | { readonly t: "notFound" | "refused"; readonly why: Reason; readonly uncalled?: true }
  /** Surely not delivered and attempts used up. */
  | { readonly t: "failed"; readonly why: Reason; readonly uncalled?: true }
  | { readonly t: "uncertain"; readonly why: Reason }
  /** Never tried; or uncertain, and the operator leaves it at that (`leftInDoubt`). */
  | { readonly t: "skipped"; readonly reason: SkipReason; readonly by?: CampaignId }
  /**
   * Surely not delivered, due again at `due`. `free`: this attempt did not count (throttled, account trouble).
   * With `again` the operator sends again to somebody uncertain, and nobody knows whether they have one already.
   */
  | {
      readonly t: "planned";
      readonly due: number;
      readonly free: boolean;
      readonly why: Reason;
      readonly uncalled?: true;
      readonly again?: true;
    };

type Planned = Extract<Settlement, { readonly t: "planned" }>;

/** A settlement as whoever holds the claim gives it: what is due is counted from when the ledger takes it in. */
export type Ending =
  Exclude<Settlement, Planned> | (Omit<Planned, "due"> & { /** ms */ readonly dueInMs: number });

/** @param now Of whoever gives it, ms since the epoch */
export function endingOf(settlement: Settlement, now: number): Ending {
  if (settlement.t !== "planned") return settlement;
  const { due, ...rest } = settlement;
  // A platform's word may name a part of a ms; whoever keeps it keeps whole ones.
  return { ...rest, dueInMs: Math.ceil(Math.max(0, due - now)) };
}

/** @param now Of the ledger, ms since the epoch */
export function settlementAt(ending: Ending, now: number): Settlement {
  if (ending.t !== "planned") return ending;
  const { dueInMs, ...rest } = ending;
  return { ...rest, due: now + dueInMs };
}

/** The reason of every sending again; journals of an earlier version have nothing else to know one by. */
export const SENT_AGAIN = "sentAgain";

/** Tells whether somebody is planned again because the operator wants it, whatever they may have got. */
export function isSentAgain({ again, why }: { readonly again?: true; readonly why: Reason }): boolean {
  return again === true || why === SENT_AGAIN;
}

/** A durable claim: the right, and the duty to settle, of one attempt at one recipient. */
export interface Claim {
  /** Its own in the campaign: no other attempt has it, whatever the clock says. */
  readonly id: string;
  readonly campaignId: CampaignId;
  readonly recipient: Recipient;
  readonly account: string;
  /** From 1. */
  readonly attempt: number;
  /** The campaign's, whose text and values the message has; absent where that is not known. */
  readonly revision?: number;
  /** Language of the text that the message has; absent: the main one. */
  readonly language?: string;
  /** By the ledger's time, ms since the epoch. */
  readonly at: number;
  /** The process that made it; absent where that one is gone and its name with it. */
  readonly owner?: string;
}
