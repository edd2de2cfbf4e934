/** Where events are posted to, how far they got there, and when the next one may be tried. Pure: what came of a post is an argument. */
import type { HookType } from "./hook-event.ts";

export interface Webhook {
  /** As {@link isHookName}. */
  readonly name: string;
  readonly url: string;
  /** It may be on this machine or in a private network, and there without TLS. */
  readonly mayBeNear?: true;
  /** The one in use first; then the one before it, until {@link Webhook.formerUntil}. */
  readonly secrets: readonly string[];
  readonly formerUntil?: number;
  /** Absent: every type, also those that are yet to come. */
  readonly types?: readonly HookType[];
  /** Who set it up: the id of an operator, or the name of a login. */
  readonly by: string;
  readonly at: number;
  /** Number of the last event that it got, or that it does not want. */
  readonly position: number;
  /** The event behind the position could not be posted. */
  readonly failing?: Failing;
  /** Nothing is posted to it any more, until somebody switches it on again; it then goes on from where it was. */
  readonly off?: {
    readonly why: OffReason;
    readonly at: number;
    /** Operators who were told so, by their Telegram ids. */
    readonly told?: readonly number[];
  };
}

export interface Failing {
  /** When the first try failed, ms since the epoch. */
  readonly since: number;
  readonly tries: number;
  readonly nextAt: number;
  readonly why: PostProblem;
}

/** `gone`: it answered 410, which means that it wants no more. `away`: it took nothing for days. */
export type OffReason = "gone" | "away";

/** What came in place of a yes: no answer, or one of this status. */
export type PostProblem =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "silence"; readonly why: "noAnswerInTime" | "connectionBroke" | "serviceUnreachable" };

export type PostOutcome =
  | { readonly kind: "taken" }
  /** `retryAt`: it asks for so much time, ms since the epoch. */
  | { readonly kind: "failed"; readonly why: PostProblem; readonly retryAt?: number };

/** Each hears of everybody who is written to, so nobody needs many. */
export const MOST_WEBHOOKS = 10;

/** How long the secret before goes on signing, ms: time to put the new one in its place. */
export const FORMER_SECRET_MS = 24 * 3_600_000;

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** Waits between tries, in ms; after the last of them it is switched off. Close to the example of Standard Webhooks: three days. */
const WAITS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const LONGEST_WAIT_MS = 24 * HOUR;

/** Tells whether a text can be the name of a webhook or of a token: a Latin letter, then letters, digits, `_` or `-`, 24 at most. */
export function isHookName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,23}$/.test(text);
}

/** The secrets that sign now. */
export function secretsAt({ secrets, formerUntil = 0 }: Webhook, now: number): readonly string[] {
  return now < formerUntil ? secrets : secrets.slice(0, 1);
}

/**
 * How a webhook stands after a post failed.
 * @param random In [0, 1): spreads what comes back, up to a tenth of the wait
 */
export function afterFailure(
  hook: Webhook,
  { why, retryAt = 0 }: Extract<PostOutcome, { kind: "failed" }>,
  { now, random }: { readonly now: number; readonly random: number },
): Webhook {
  const tries = (hook.failing?.tries ?? 0) + 1;
  const since = hook.failing?.since ?? now;
  const waitMs = WAITS_MS[tries - 1];
  if (why.kind === "status" && why.status === 410)
    return { ...hook, failing: { since, tries, nextAt: now, why }, off: { why: "gone", at: now } };
  if (waitMs === undefined)
    return { ...hook, failing: { since, tries, nextAt: now, why }, off: { why: "away", at: now } };
  const asked = Math.min(retryAt, now + LONGEST_WAIT_MS);
  const nextAt = Math.max(now + Math.round(waitMs * (1 + random / 10)), asked);
  return { ...hook, failing: { since, tries, nextAt, why } };
}

/** Got so far, and nothing fails any more. */
export function gotTo(hook: Webhook, position: number): Webhook {
  const { failing: _, ...rest } = hook;
  return { ...rest, position: Math.max(position, hook.position) };
}

/** Somebody was told that it is off. */
export function toldOff(hook: Webhook, id: number): Webhook | undefined {
  const { off } = hook;
  return off && { ...hook, off: { ...off, told: [...(off.told ?? []), id] } };
}

/** On again, from where it was, and at once. */
export function onAgain(hook: Webhook): Webhook {
  const { failing: _, off: __, ...rest } = hook;
  return rest;
}
