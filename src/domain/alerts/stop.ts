/** What stops a campaign, as far as somebody is to hear of it: the one place where a new kind of stop is told from others. */
import type { Campaign, PauseReason, SteeringDeed } from "../campaign.ts";

export interface Stop {
  readonly kind: PauseReason["kind"];
  /** Its own among all stops of the campaign. */
  readonly key: string;
  /** ms since the epoch; 0 where an older version did not keep it. */
  readonly since: number;
  /** When somebody last let it go on, ms since the epoch; absent: nobody did, or by an older version. */
  readonly letGoOnAt?: number;
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
export function stopOf(campaign: Campaign): Stop | undefined {
  const { status, pause, pausedAt = 0 } = campaign;
  // Quiet hours were asked for: nobody is to hear of them every evening. Of what holds a follow-up its first tells.
  if (status !== "paused" || !pause || pause.kind === "window" || pause.kind === "firstPaused")
    return undefined;
  const letGoOnAt = lastWordIn(campaign);
  return {
    kind: pause.kind,
    key: `${pause.kind} ${pausedAt}`,
    since: pausedAt,
    ...(letGoOnAt === undefined ? {} : { letGoOnAt }),
    ends: endOf(pause),
  };
}

/** A change lets it go on as well: another limit, another text. */
function lastWordIn({ deeds = [], revisions = [] }: Campaign): number | undefined {
  const word = deeds.findLast(({ what, by }) => by !== undefined && goesOnBy.has(what));
  const moments = [word?.at, revisions.at(-1)?.at].filter((at) => at !== undefined);
  return moments.length > 0 ? Math.max(...moments) : undefined;
}

const goesOnBy: ReadonlySet<SteeringDeed["what"]> = new Set(["started", "resumed", "retried"]);

function endOf(pause: Exclude<PauseReason, { kind: "window" | "firstPaused" }>): Stop["ends"] {
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
    case "restored":
    case "approval":
    case "triedFirst":
    case "guardRail":
    case "spendCap":
      return { by: "person" };
  }
}
