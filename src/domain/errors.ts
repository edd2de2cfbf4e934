/**
 * Errors as programs get them: one base class, and two questions that every error answers. May the same thing work
 * later, and may a message have been delivered although it failed? Only what is transient and surely delivered
 * nothing is ever repeated without asking.
 */
import type { Fault } from "./fault.ts";
import type { RecipientState } from "./recipient.ts";
import type { Reason } from "./reasons/reason.ts";

export interface ErrorTraits {
  /** The same thing may well work later. */
  readonly isTransient?: boolean;
  /** A message may have been delivered. */
  readonly mayHaveDelivered?: boolean;
  readonly cause?: unknown;
}

/** The base of every error that Peyk hands to a program. The message is one line for people and holds no secret. */
export class PeykError extends Error {
  override readonly name: string = "PeykError";
  readonly isTransient: boolean;
  readonly mayHaveDelivered: boolean;
  /** The same for people, in their language; absent where nothing but the message says it. */
  readonly reason?: Reason;

  constructor(message: string, { isTransient = false, mayHaveDelivered = false, cause }: ErrorTraits = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.isTransient = isTransient;
    this.mayHaveDelivered = mayHaveDelivered;
  }
}

/** Too fast, or a limit is used up: nothing was sent, and it works again later. */
export class RateLimitError extends PeykError {
  override readonly name = "RateLimitError";
  /** When it works again, ms since the epoch; undefined when nobody said. */
  readonly retryAt: number | undefined;

  constructor(message: string, retryAt?: number) {
    super(message, { isTransient: true });
    this.retryAt = retryAt;
  }
}

/** The account is locked or logged out: nothing was sent, and a person must mend it. */
export class LoginError extends PeykError {
  override readonly name = "LoginError";
}

/** The service could not be reached, or its answer was lost; only the latter may have delivered a message. */
export class NetworkError extends PeykError {
  override readonly name = "NetworkError";

  constructor(message: string, { mayHaveDelivered = false }: Pick<ErrorTraits, "mayHaveDelivered"> = {}) {
    super(message, { isTransient: true, mayHaveDelivered });
  }
}

/** What was kept of a campaign can't be read: nothing is sent for it, and a person must look. */
export class UnreadableRecordError extends PeykError {
  override readonly name = "UnreadableRecordError";
  readonly campaignId: string;
  /** From then on nothing that the record may hold counts in any account's limits, ms since the epoch. */
  readonly countsUntil: number;

  constructor(
    campaignId: string,
    { cause, countsUntil }: { readonly cause: unknown; readonly countsUntil: number },
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.campaignId = campaignId;
    this.countsUntil = countsUntil;
  }
}

/** Something given is wrong: an argument, a list, the message itself. Nothing was sent. */
export class ValidationError extends PeykError {
  override readonly name = "ValidationError";
}

/** The service, or this side's access to it, won't do what was asked, e.g. the recipient takes no messages. */
export class ClientError extends PeykError {
  override readonly name = "ClientError";
}

/** What was stored or received can't be understood; the message names the file or the source. */
export class DataExtractionError extends PeykError {
  override readonly name = "DataExtractionError";
}

/** Turns a channel's fault into the error a program gets. @param say Words a reason in one line */
export function errorOfFault(fault: Fault, say: (why: Reason) => string): PeykError {
  const message = say(fault.why);
  switch (fault.kind) {
    case "throttled":
      return new RateLimitError(message, fault.retryAt);
    case "account":
      return fault.trouble === "resting" ? new RateLimitError(message, fault.until) : new LoginError(message);
    case "unavailable":
    case "unanswered":
    case "withdrawn":
      return new NetworkError(message);
    case "uncertain":
      return new NetworkError(message, { mayHaveDelivered: true });
    case "recipient":
    case "unexplained":
      return new ClientError(message);
    case "rejected":
      return new ValidationError(message);
  }
}

/** The error for a recipient that stands in the given state; undefined where nothing went wrong. */
export function errorOfState(
  state: RecipientState,
  why: Reason,
  say: (why: Reason) => string,
): PeykError | undefined {
  switch (state) {
    case "notFound":
    case "refused":
      return errorOfFault({ kind: "recipient", state, why }, say);
    case "failed":
      return errorOfFault({ kind: "unavailable", why }, say);
    case "uncertain":
      return errorOfFault({ kind: "uncertain", why }, say);
    case "planned":
    case "claimed":
    case "sent":
    case "skipped":
      return undefined;
  }
}
