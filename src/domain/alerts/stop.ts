/** What stops a campaign, as far as somebody is to hear of it: the one place where a new kind of stop is told from others. */
import type { Campaign, PauseReason } from "../campaign.ts";

export interface Stop {
  readonly kind: PauseReason["kind"];
  /** Its own among all stops of the campaign. */
  readonly key: string;
  /** ms since the epoch; 0 where an older version did not keep it. */
  readonly since: number;
  /**
   * Who ends it. `person`: nothing goes on before somebody says so. `itself`: at `until`, ms since the epoch, or some time.
   * `theirs`: it is somebody's own word, so nobody is asked for another one.
   */
  readonly ends:
    | { readonly by: "person" }
    | { readonly by: "itself"; readonly until: number }
    | { readonly by: "theirs"; readonly who?: string };
}

/** How a campaign is stopped; undefined while it is not. */
export function stopOf({ status, pause, pausedAt = 0 }: Campaign): Stop | undefined {
  // Quiet hours were asked for: nobody is to hear of them every evening.
  if (status !== "paused" || !pause || pause.kind === "window") return undefined;
  return { kind: pause.kind, key: `${pause.kind} ${pausedAt}`, since: pausedAt, ends: endOf(pause) };
}

function endOf(pause: Exclude<PauseReason, { kind: "window" }>): Stop["ends"] {
  switch (pause.kind) {
    case "operator":
      return { by: "theirs", ...(pause.by === undefined ? {} : { who: pause.by }) };
    case "noAccount":
    case "unheard":
      return pause.until === undefined ? { by: "person" } : { by: "itself", until: pause.until };
    case "unavailable":
      return { by: "itself", until: pause.until };
    case "rejected":
    case "storage":
    case "missedStart":
    case "triedFirst":
    case "guardRail":
    case "spendCap":
      return { by: "person" };
  }
}
