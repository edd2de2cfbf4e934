/** Data that was put back. */
export type PutBackFolder = Pick<Restored, "madeAt" | "at">;

/** On a campaign that was put back from a backup, until a person says that it may go on; see restored.ts. */
export interface Restored {
  /** When the backup was made, ms since the epoch. */
  readonly madeAt: number;
  /** When it was put back, ms since the epoch. */
  readonly at: number;
  /** It had a start to wait for, and waits for it again once it may go on. */
  readonly wasScheduled?: true;
}
