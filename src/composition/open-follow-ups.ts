/** Makes what looks whose follow-up is due. */
import type { AppParts } from "../app/app-parts.ts";
import { resultsOf } from "../app/create-app.ts";
import { FollowUpWatch } from "../app/follow-ups/follow-up-watch.ts";
import type { FollowUpWatchParts } from "../app/follow-ups/follow-up-watch.ts";

type Parts = Omit<FollowUpWatchParts, "resultsOf"> &
  Pick<AppParts, "engine" | "reads" | "amendments" | "answerStore">;

export function openFollowUps(parts: Parts): FollowUpWatch {
  return new FollowUpWatch({ ...parts, resultsOf: (id) => resultsOf(parts, id) });
}
