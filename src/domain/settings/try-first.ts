/**
 * First a few, then the operator's word: a campaign that waits once so many have its message. Pure; the claim asks it.
 *
 * What counts is whoever has the message or may have it: sent, uncertain, and claimed by any account at this moment. Who
 * was not found, declined or failed does not count, for the few are there to be looked at, and those got nothing. So
 * never more than that many have it, whatever is in flight when it waits, and just as many where enough can be reached.
 */
import type { Counts } from "../recipient.ts";

export interface TryFirst {
  /** How many at a time, from 1: as many more are offered when it waits. */
  readonly count: number;
  /** It waits once so many of the campaign have the message or may have it. */
  readonly upTo: number;
}

/** The first few of a campaign that wrote to nobody yet. */
export function firstFew(count: number): TryFirst {
  return { count, upTo: count };
}

/** As many more as the first time, beside those who have it by now. */
export function fewMore({ count }: TryFirst, counts: Counts): TryFirst {
  return { count, upTo: mayHave(counts) + count };
}

/**
 * What starting a campaign again makes of it: after it waited, as many more where that is asked for and else everybody;
 * before it waited, what it has.
 */
export function startedAgain(
  current: TryFirst | undefined,
  given: TryFirst | undefined,
  hasWaited: boolean,
): TryFirst | undefined {
  if (!current || !hasWaited) return current;
  return given && { count: given.count, upTo: current.upTo + given.count };
}

/** Tells whether one more may be claimed. */
export function isTriedOut({ upTo }: TryFirst, counts: Counts): boolean {
  return mayHave(counts) >= upTo;
}

function mayHave({ sent, uncertain, claimed }: Counts): number {
  return sent + uncertain + claimed;
}
