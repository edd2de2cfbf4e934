/** What went wrong with the database, and the one thing that whoever wrote must know: may the change be there all the same? */
import { ExternalStoreError } from "../ports/sync.ts";
import { codeOf, externalError } from "./faults.ts";

/**
 * The database did not do what was asked, or nobody knows whether it did. Only where it surely did not may the same be
 * asked again; where it may have, whoever asked looks first.
 */
export class DatabaseError extends ExternalStoreError {
  override readonly name = "ExternalStoreError";
  /** The answer to the commit was lost: what was written may stand. */
  readonly mayBeCommitted: boolean;
  /** PostgreSQL's own code (SQLSTATE); absent where the connection failed. */
  readonly sqlState?: string;

  constructor(error: unknown, { isCommit }: { readonly isCommit: boolean }) {
    const { message, isTransient, isShut, cause, reason } = externalError(error);
    super(message, { isTransient, isShut, cause, reason });
    const code = codeOf(error);
    if (code !== undefined && isSqlState(code)) this.sqlState = code;
    this.mayBeCommitted = isCommit && leavesUnknown(this.sqlState);
  }

  /**
   * What was given is what is refused, as a value that does not fit where it belongs (classes 22, 23, 54); nothing else about
   * the database is the matter, and surely nothing is there.
   */
  get isOfWhatWasGiven(): boolean {
    return /^(?:22|23|54)/.test(this.sqlState ?? "");
  }

  /** The transaction stood in another's way, and surely nothing of it is there. */
  get isConflict(): boolean {
    return this.sqlState === "40001" || this.sqlState === "40P01";
  }
}

/** Tells whether of many that were written together one alone may be refused. */
export function isOfOne(error: unknown): boolean {
  return error instanceof DatabaseError && error.isOfWhatWasGiven;
}

const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code);

/**
 * After which words of the server, or none at all, a commit may stand: connection exceptions, "statement completion
 * unknown" (postgresql.org/docs/current/errcodes-appendix.html), and a session that is ended, which may wait for a standby
 * with the commit done already. After every other error the server has rolled back.
 */
function leavesUnknown(sqlState: string | undefined): boolean {
  return sqlState === undefined || /^(?:08...|40003|57P0.|58...|XX...)$/.test(sqlState);
}
