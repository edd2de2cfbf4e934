/**
 * What PostgreSQL's errors mean: transient ones are worth another attempt, at everything else a person must look. The
 * table follows postgresql.org/docs/current/errcodes-appendix.html and the error codes of Node's sockets.
 */
import { hintFor } from "./hints.ts";
import { ExternalStoreError } from "../ports/sync.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** Whole classes of SQLSTATE, by their first two characters. */
const transientClasses: ReadonlySet<string> = new Set([
  "08", // connection exception
  "40", // transaction rollback: serialization failure, deadlock
  "53", // insufficient resources: too many connections, disk full, out of memory
]);

const transientCodes: ReadonlySet<string> = new Set([
  "55P03", // lock not available
  "57014", // query cancelled: statement or lock time-out
  "57P01", // administrator's shutdown
  "57P02", // crash shutdown
  "57P03", // cannot connect now: starting up or recovering
  "57P05", // idle session time-out
  "25P03", // idle in a transaction for too long: whoever froze meanwhile, or the server itself, did not get to its end
  "25P04", // a transaction took too long
  "25006", // read-only: the server is a standby right after a failover
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EAI_AGAIN",
  "ENOTFOUND", // what a container's name answers while the container is down
]);

/** The server talks to nobody of our name, password, database or certificate: of a connection, never of one statement. */
const shutCodes = /^(?:28...|3D000|57P04)$/;

/** A database that takes no connections has no code of its own: 55000 says that something is not in the state for it. */
const SHUT = /not (?:currently )?accepting connections/i;

/** What the client says of a connection without giving a code. */
const LOST = /connection terminated|connection ended|timeout|timed out|not queryable|client was closed/i;

/** Turns what the client threw into the port's error; the address and its password are in none of these texts. */
export function externalError(error: unknown): ExternalStoreError {
  if (error instanceof ExternalStoreError) return error;
  const { message, code } = wordsOf(error);
  const hint = hintFor({ message, code });
  const mayPass = code === undefined ? LOST.test(message) : isTransientCode(code);
  const named = code === undefined ? message : `${message} (${code})`;
  const text = hint ? `PostgreSQL: ${named}. ${hint.sentence}` : `PostgreSQL: ${named}`;
  const isTransient = mayPass && !hint?.isFinal;
  const reason = hint?.reason ?? reasonFor(code, isTransient);
  const isShut = hint?.isShut === true || shutCodes.test(code ?? "") || (!isTransient && SHUT.test(message));
  return new ExternalStoreError(text, { isTransient, isShut, cause: error, reason });
}

/** Codes of five characters are PostgreSQL's own; any other is of a socket. */
function reasonFor(code: string | undefined, isTransient: boolean): Reason {
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) return { code: "pgError", sqlstate: code };
  return isTransient || code !== undefined ? "pgUnreachable" : { code: "unexpected", error: "PostgreSQL" };
}

function isTransientCode(code: string): boolean {
  return transientCodes.has(code) || (code.length === 5 && transientClasses.has(code.slice(0, 2)));
}

/** Of the first failure: PostgreSQL's own code or a socket's. */
export function codeOf(error: unknown): string | undefined {
  return wordsOf(error).code;
}

/** A host with several addresses fails with one error for all of them, whose own text is empty. */
function wordsOf(error: unknown): { readonly message: string; readonly code: string | undefined } {
  if (error instanceof AggregateError) return wordsOf(error.errors[0]);
  if (!(error instanceof Error)) return { message: "unknown error", code: undefined };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { message: error.message.split("\n")[0] ?? "", code };
}
