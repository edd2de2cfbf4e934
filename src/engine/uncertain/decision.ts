import type { Settlement } from "../../domain/journal.ts";
import { SENT_AGAIN } from "../../domain/journal.ts";

/** What the operator says of somebody uncertain. */
export type Decision = "sent" | "again" | "skip";

/** The ending that a decision gives. @param at ms since the epoch */
export function settlementOf(decision: Decision, at: number): Settlement {
  switch (decision) {
    case "sent":
      return { t: "sent", id: "" };
    case "again":
      return { t: "planned", due: at, free: true, why: SENT_AGAIN, again: true };
    case "skip":
      return { t: "skipped", reason: "leftInDoubt" };
  }
}
