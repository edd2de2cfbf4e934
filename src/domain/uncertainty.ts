/**
 * How long an uncertain send is looked into, and when an absent message is believed to be absent. A platform's list may
 * be late: an empty look proves nothing while the message may still be on its way into it. Pure: what the looks showed is
 * an argument.
 */
import { MINUTE_MS } from "./accounts/limits.ts";

/** What the looks at one uncertain send have shown so far; moments in ms since the epoch. */
export interface Looks {
  /** Looks that were answered neither with yes nor with no. */
  readonly unanswered: number;
  /** When it was first looked for in vain. */
  readonly absentAt?: number;
  /** The platform wants no look before then. */
  readonly notBefore?: number;
}

/** A send of which nobody knows whether it arrived. */
export interface Uncertainty {
  /** When the send was claimed, ms since the epoch. */
  readonly claimedAt: number;
  /** Which attempt it was, from 1: whoever was uncertain before is looked for longer. */
  readonly attempt: number;
  /** How old a first attempt must be before its absence is believed, in ms; 0: a single look is. */
  readonly absentAfterMs: number;
}

export const noLooks: Looks = { unanswered: 0 };

/** Pauses before the looks that bring no answer: a late message gets the time to arrive. In ms. */
const PAUSES_MS = [2000, 10_000, 60_000] as const;

/** Two looks in vain must be this far apart. */
const APART_MS = MINUTE_MS;

/** Tells whether a message that is absent now is so for good. */
export function isBelievedAbsent(uncertainty: Uncertainty, { absentAt }: Looks, now: number): boolean {
  if (uncertainty.absentAfterMs === 0) return true;
  return absentAt !== undefined && now >= believedAt(uncertainty, absentAt);
}

/** Tells when to look next; undefined when it is left to the operator. */
export function nextLookAt(uncertainty: Uncertainty, looks: Looks, now: number): number | undefined {
  const { unanswered, absentAt, notBefore = 0 } = looks;
  const pauseMs = PAUSES_MS[unanswered];
  if (pauseMs === undefined) return undefined;
  const earliest = absentAt === undefined ? 0 : believedAt(uncertainty, absentAt);
  return Math.max(now + pauseMs, notBefore, earliest);
}

/** Each further attempt doubles the time: a list that was late once may be late again. */
function believedAt({ claimedAt, attempt, absentAfterMs }: Uncertainty, absentAt: number): number {
  const apartMs = Math.min(APART_MS, absentAfterMs);
  return Math.max(claimedAt + absentAfterMs * 2 ** (attempt - 1), absentAt + apartMs);
}
