/**
 * What follows from a channel's answer: how the recipient's claim is settled, and what it means for the account, the
 * channel and the campaign. Pure, and the only place that decides whether a send is repeated: only ever after a fault
 * that proves nothing left.
 */
import type { Answer, Delivered, Fault } from "./fault.ts";
import type { Settlement } from "./journal.ts";
import type { Reason } from "./reasons/reason.ts";

export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  /** Pause before the second attempt in ms; it doubles from then on. */
  readonly baseDelayMs: number;
}

/** The first attempt at once, then after about 2, 4 and 8 s. */
export const defaultRetryPolicy: RetryPolicy = { attempts: 4, baseDelayMs: 2000 };

export interface VerdictContext {
  /** Which attempt this was, from 1. */
  readonly attempt: number;
  /** ms since the epoch */
  readonly now: number;
  readonly policy: RetryPolicy;
  /** In [0, 1); spreads retries so that they don't come back together. */
  readonly random: number;
}

/** What a fault means beyond its recipient. */
export type Consequence =
  | { readonly kind: "none" }
  /** Nobody sends through this account before `until`. */
  | { readonly kind: "accountRests"; readonly until: number; readonly why: Reason }
  /** Nobody sends through this account until the operator has mended it. */
  | { readonly kind: "accountLeaves"; readonly trouble: "locked" | "loggedOut"; readonly why: Reason }
  /** Nobody sends through this channel before `until`. */
  | { readonly kind: "channelRests"; readonly until: number; readonly why: Reason }
  /** One more failure on the way to an open breaker. */
  | { readonly kind: "breakerFailure"; readonly why: Reason }
  /** One more refusal that may be about us: a few in a row pause the campaign. */
  | { readonly kind: "unexplained"; readonly why: Reason }
  /** Every send would fail alike. */
  | { readonly kind: "pauseCampaign"; readonly why: Reason };

export interface Verdict {
  readonly settlement: Settlement;
  readonly consequence: Consequence;
}

/** How long an account rests when it is limited and the platform names no time. */
export const DEFAULT_REST_MS = 15 * 60_000;

/** Decides what follows from an answer. */
export function verdict(answer: Answer, context: VerdictContext): Verdict {
  if (answer.kind === "delivered")
    return { settlement: { t: "sent", id: answer.messageId }, consequence: afterDelivery(answer) };
  return { settlement: settlementOf(answer, context), consequence: consequenceOf(answer, context) };
}

function afterDelivery({ restsUntil, cutShort }: Delivered): Consequence {
  if (cutShort !== undefined) return { kind: "pauseCampaign", why: cutShort };
  if (restsUntil === undefined) return { kind: "none" };
  return { kind: "accountRests", until: restsUntil, why: "limitUsedUp" };
}

function settlementOf(fault: Fault, context: VerdictContext): Settlement {
  const { why } = fault;
  const uncalled = fault.uncalled ? { uncalled: true as const } : {};
  switch (fault.kind) {
    case "throttled": {
      // The account rests meanwhile: another one may write to this person at once.
      const due = fault.scope === "account" ? context.now : Math.max(fault.retryAt, context.now);
      return { t: "planned", due, free: true, why, ...uncalled };
    }
    case "recipient":
      return { t: fault.state, why, ...uncalled };
    case "account":
    case "rejected":
    case "withdrawn":
      return { t: "planned", due: context.now, free: true, why, ...uncalled };
    case "unexplained":
      return { t: "failed", why, ...uncalled };
    case "unavailable":
    case "unanswered":
      if (context.attempt >= context.policy.attempts) return { t: "failed", why, ...uncalled };
      return { t: "planned", due: context.now + backoffMs(context), free: false, why, ...uncalled };
    case "uncertain":
      return { t: "uncertain", why };
  }
}

/**
 * How a claim is settled that met a service which is down for everybody: the outage is not the recipient's fault, so it
 * spends no attempt, however long it lasts. When it is tried again the breaker decides.
 */
export function settledInOutage(
  { why, uncalled }: Extract<Fault, { kind: "unavailable" }>,
  now: number,
): Settlement {
  return { t: "planned", due: now, free: true, why, ...(uncalled ? { uncalled } : {}) };
}

function consequenceOf(fault: Fault, context: VerdictContext): Consequence {
  const { why } = fault;
  switch (fault.kind) {
    case "throttled": {
      if (fault.scope === "recipient") return { kind: "none" };
      const until = Math.max(fault.retryAt, context.now);
      return { kind: fault.scope === "channel" ? "channelRests" : "accountRests", until, why };
    }
    case "account":
      if (fault.trouble !== "resting") return { kind: "accountLeaves", trouble: fault.trouble, why };
      return { kind: "accountRests", until: fault.until ?? context.now + DEFAULT_REST_MS, why };
    case "rejected":
      return { kind: "pauseCampaign", why };
    case "unavailable":
    case "uncertain":
      return { kind: "breakerFailure", why };
    case "unexplained":
      return { kind: "unexplained", why };
    case "recipient":
    case "unanswered":
    case "withdrawn":
      return { kind: "none" };
  }
}

/** Doubles with every attempt and adds up to a quarter at random. */
function backoffMs({ attempt, policy, random }: VerdictContext): number {
  return Math.round(policy.baseDelayMs * 2 ** (attempt - 1) * (1 + random / 4));
}
