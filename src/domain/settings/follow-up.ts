/**
 * One more text to whoever did not answer. It is planned with the campaign, and goes out as a campaign of its own that is
 * made of who was sent the first and has not answered when the days are over: so nobody gets it twice, by what keeps
 * anybody from getting any campaign's message twice.
 */
export interface FollowUp {
  /** So many days after somebody was sent the message before. */
  readonly afterDays: number;
  /** Template with `{{variables}}`, plain text. */
  readonly message: string;
}

/** More than two is pestering. */
export const MOST_FOLLOW_UPS = 2;

/** Answers that are older can't be found any more on every channel. */
export const LONGEST_FOLLOW_UP_DAYS = 30;

/** On a campaign that follows up another. */
export interface FollowsUp {
  /** Whose people it writes to again. */
  readonly campaignId: string;
  /** The campaign with the first message, of which this is one more. */
  readonly rootId: string;
  /** From 1. */
  readonly step: number;
  /** Whoever wrote back since then is not written to, ms since the epoch: when the first campaign was made. */
  readonly since: number;
}

const DAY_MS = 24 * 3_600_000;

/** How somebody stands in the campaign before. */
export interface Followed {
  readonly state: string;
  /** When they were sent its message, ms since the epoch. */
  readonly at?: number;
  readonly isTakenBack: boolean;
}

/**
 * When somebody's follow-up is due, ms since the epoch: of who surely has the message and from whom it was not taken back.
 * Undefined for everybody else: who may have it is uncertain, and who declined is left alone.
 */
export function followUpDueAt(
  { state, at, isTakenBack }: Followed,
  { afterDays }: FollowUp,
): number | undefined {
  return state === "sent" && at !== undefined && !isTakenBack ? at + afterDays * DAY_MS : undefined;
}

const LONGEST_ID = 64;

/** The task id of a follow-up; another one for each number, should somebody else's campaign be called that. */
export function followUpId({ rootId, step }: Pick<FollowsUp, "rootId" | "step">, number = 1): string {
  const end = `-follow-up-${step}${number === 1 ? "" : `-${number}`}`;
  return `${rootId.slice(0, LONGEST_ID - end.length)}${end}`;
}
