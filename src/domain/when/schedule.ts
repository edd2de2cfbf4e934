/** When a campaign is to start by itself, and what to do about it at a moment. Pure: whoever starts looks at the clock. */

/** When a campaign is to start. */
export interface StartMoment {
  /** ms since the epoch */
  readonly at: number;
  /** IANA name of the time zone in which the moment was said. */
  readonly timeZone: string;
}

/** The moment that a campaign waits for while its status is `scheduled`; afterwards it tells that it was. */
export interface Schedule extends StartMoment {
  /** Who set it; as in `Consent`. */
  readonly by: string;
  /** ms since the epoch */
  readonly setAt: number;
}

/** What is due later than this is not started without asking: the operator may have acted otherwise meanwhile. */
export const LATEST_START_MS = 15 * 60_000;

/** What a scheduled campaign does now: waits, starts, or asks because Peyk was not there in time. */
export function dueStart({ at }: Pick<Schedule, "at">, now: number): "wait" | "start" | "ask" {
  if (now < at) return "wait";
  return now - at <= LATEST_START_MS ? "start" : "ask";
}

/** Tells whether a campaign is yet to start: it is scheduled, or was and nobody was there in time. */
export function awaitsStart({
  status,
  pause,
}: {
  readonly status: string;
  readonly pause?: { readonly kind: string };
}): boolean {
  return status === "scheduled" || (status === "paused" && pause?.kind === "missedStart");
}
