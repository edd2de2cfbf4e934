/** A row of refusals that nobody explained, as a campaign keeps it; see unexplained.ts. */
export interface Unexplained {
  readonly count: number;
  /** For how many people the platform had answered what it does with them: one more of them ends the row. */
  readonly after: number;
}
