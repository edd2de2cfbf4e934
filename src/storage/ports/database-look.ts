/** What the doctor asks a database that everything is kept in. */
export interface DatabaseLook {
  /** As PostgreSQL numbers it: 150004 is 15.4. */
  readonly server: number;
  /** How far its tables are, and how far this version of Peyk brings them. */
  readonly tables: { readonly there: number; readonly known: number };
  /** Its clock less this machine's, in ms; a negative one is behind. */
  readonly aheadMs: number;
  /** Connections that the server allows to others than its administrators, and how many are open. */
  readonly connections: { readonly most: number; readonly used: number };
  /** A commit that was answered outlives a power cut. */
  readonly isDurable: boolean;
}

/** What the tables say of the processes at work, where they are this version's. */
export interface WorkLook {
  /** Names of processes that work now. */
  readonly workers: readonly string[];
  /** Messages that a process was sending which is gone. */
  readonly left: number;
  /** The tables were put back from a dump, and nobody has worked on them since. */
  readonly isPutBack: boolean;
}
