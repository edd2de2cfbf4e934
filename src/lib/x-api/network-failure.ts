/** Whether a request that got no answer can have left: the one question that decides if it may be repeated. */

/** Errors of name resolution and of connecting: no connection, so not a byte of the request was written. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_NODATA",
  "EAI_NONAME",
  "UND_ERR_CONNECT_TIMEOUT",
  // A certificate is looked at before anything is written.
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** What `fetch` says of ports that it never calls, such as 6000: those of other services (Fetch Standard, port blocking). */
const REFUSED_PORT = /^bad port$/;

/**
 * Tells whether the error proves that no request was written. Anything unknown may have been: a connection that was
 * kept open and is reset, above all, looks the same before and after the request.
 * @param error As `fetch` throws it
 */
export function surelyNotLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // One address after the other was tried: only when none could be reached.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(surelyNotLeft);
  if (NOT_CONNECTED.has(codeOf(error))) return true;
  if (REFUSED_PORT.test(error.message)) return true;
  if ("syscall" in error && error.syscall === "connect") return true;
  return error.cause !== undefined && surelyNotLeft(error.cause);
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}
