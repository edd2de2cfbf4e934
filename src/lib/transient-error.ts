/** Tells which failures of a store may be gone a moment later: it is busy, locked or away; nothing about the value is wrong. */

/** Of Node: busy, locked, no descriptors left, cut off. */
const SYSTEM_CODES =
  /^(?:EAGAIN|EBUSY|EINTR|EMFILE|ENFILE|ENOLCK|ESTALE|ETIMEDOUT|ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
/**
 * Of SQL (postgresql.org/docs/current/errcodes-appendix.html): connection exceptions (08), transaction rollback with
 * deadlocks (40), insufficient resources (53), lock not available, operator intervention.
 */
const SQL_STATES = /^(?:08...|40...|53...|55P03|57P0[123])$/;
/** Where a driver gives no code. */
const WORDS = /\b(?:locked|connection|time(?:d )?-?out|deadlock|temporar(?:y|ily))\b/i;

/** How deep errors are wrapped in one another at most. */
const DEPTH = 5;

/** True when the same thing may well work on the next try. Codes decide before words do. */
export function isTransientError(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < DEPTH && cause instanceof Error; depth++) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
    if (code !== undefined) return SYSTEM_CODES.test(code) || SQL_STATES.test(code);
    if (cause.cause === undefined) return WORDS.test(cause.message);
    cause = cause.cause;
  }
  return false;
}
