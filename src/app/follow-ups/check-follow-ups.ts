/** What stands in the way of following up, looked over before anything is started. */
import type { FollowUp } from "../../domain/settings/follow-up.ts";
import { LONGEST_FOLLOW_UP_DAYS, MOST_FOLLOW_UPS } from "../../domain/settings/follow-up.ts";

/** `notHeard`: nobody would know who answered. `days`: not from 1 to {@link LONGEST_FOLLOW_UP_DAYS}. */
export type FollowUpProblem = "notHeard" | "tooMany" | "days" | "empty";

export function followUpProblem(
  followUps: readonly FollowUp[],
  { hearsAnswers = false }: { readonly hearsAnswers?: boolean | undefined },
): FollowUpProblem | undefined {
  if (followUps.length === 0) return undefined;
  if (!hearsAnswers) return "notHeard";
  if (followUps.length > MOST_FOLLOW_UPS) return "tooMany";
  if (followUps.some(({ message }) => message.trim() === "")) return "empty";
  return followUps.every(({ afterDays }) => isDays(afterDays)) ? undefined : "days";
}

function isDays(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= LONGEST_FOLLOW_UP_DAYS;
}
