/** On a campaign that goes out only when it is approved. */
export interface Approval {
  /** Absent: nobody has approved it yet. */
  readonly given?: {
    /** Telegram id; absent: it was on its way when approval was asked for at first. */
    readonly by?: string;
    /** ms since the epoch */
    readonly at: number;
    /** What was approved, see `approvable` in approval.ts. */
    readonly of: string;
  };
  /** It was sent back; gone with the next approval. */
  readonly sentBack?: { readonly by: string; readonly at: number; readonly reason: string };
}
