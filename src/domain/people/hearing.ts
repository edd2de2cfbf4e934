/**
 * Who may be written to again by what is known of the inboxes: somebody who was written to before may have said stop
 * since, so what people wrote is read to its end first. Pure: how far each inbox is read is an argument.
 */
import { MINUTE_MS } from "../accounts/limits.ts";
import type { Reason } from "../reasons/reason.ts";

/** How far what people wrote to one account is read; moments in ms since the epoch. */
export interface Inbox {
  /** When the last reading that came to its end began: all that was written before is known. */
  readonly readAt?: number;
  /** What keeps it from being read; absent while nothing does. */
  readonly trouble?: InboxTrouble;
}

export interface InboxTrouble {
  /** When it is tried again; infinity: somebody must mend the account first. */
  readonly until: number;
  readonly why: Reason;
  /** What was thrown, in its own words: for the log alone. */
  readonly thrown?: string;
}

/** An inbox that can't be read for now. */
export interface ShutInbox extends InboxTrouble {
  readonly account: string;
}

/** An inbox that was read counts as known for so long: a little longer than until it is read again. */
export const HEARD_FOR_MS = 6 * MINUTE_MS;

/** A reading that is under way takes a while, and tells when it is through; it is looked after again after so long. */
const READING_MS = 30_000;

/** Tells whether an inbox is known as far as it must be. @param since What was written before then must be known */
export function isHeard({ readAt = -Infinity }: Inbox, since: number, now: number): boolean {
  return readAt >= since && now - readAt < HEARD_FOR_MS;
}

/**
 * Tells until when somebody may not be written to who may have answered these inboxes.
 * @param since When the campaign began to run
 * @returns Undefined when everything is known; infinity when it will not be by itself
 */
export function unheardUntil(inboxes: Iterable<Inbox>, since: number, now: number): number | undefined {
  let until: number | undefined;
  for (const inbox of inboxes) {
    if (isHeard(inbox, since, now)) continue;
    until = Math.max(until ?? 0, inbox.trouble?.until ?? 0, now + READING_MS);
  }
  return until;
}
