/** What the doctor finds, and the words it needs to say it. */
import type { AccountLimit } from "../../channels/channel.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Trouble } from "../../lib/trouble.ts";

export type Check =
  "configuration" | "database" | "lease" | "clock" | "files" | "invariants" | "history" | "accounts";

export interface Finding {
  readonly check: Check;
  /** `wrong` needs a person; `note` is worth knowing. */
  readonly level: "ok" | "note" | "wrong";
  readonly text: string;
}

export interface DoctorReport {
  readonly findings: readonly Finding[];
  readonly isWell: boolean;
}

/** What the findings have of the reader's words. */
export interface DoctorWords {
  /** A sentence of the terminal. */
  say(id: string, variables?: Readonly<Record<string, string | number>>): string;
  reason(why: Reason): string;
  limit(name: AccountLimit["name"]): string;
  moment(at: number): string;
  /** Parts of one sentence in a row. */
  clauses(texts: readonly string[]): string;
  /** Names in a row. */
  names(names: readonly string[]): string;
  /** What was thrown, in one line. */
  error(error: unknown): string;
  trouble(trouble: Trouble): string;
}
