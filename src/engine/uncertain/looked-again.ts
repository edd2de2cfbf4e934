import type { ReadBack } from "../../channels/channel.ts";
import type { Looks } from "../../domain/uncertainty.ts";

/** What is known after one more look that settled nothing; one that had to wait for the platform is none. */
export function lookedAgain(looks: Looks, found: ReadBack | undefined, now: number): Looks {
  if (found?.kind === "absent") return { ...looks, absentAt: looks.absentAt ?? now };
  if (found?.kind === "unknown" && found.retryAt !== undefined) return { ...looks, notBefore: found.retryAt };
  return { ...looks, unanswered: looks.unanswered + 1 };
}
