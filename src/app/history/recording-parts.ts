import type { Actor } from "../../domain/history/actor.ts";
import type { Clock } from "../../lib/clock.ts";
import type { HistoryStore } from "../../storage/ports/history.ts";

/** What deeds are recorded with. */
export interface RecordingParts {
  readonly history: HistoryStore;
  readonly clock: Pick<Clock, "now">;
  /** Whose word it is where nobody is named. */
  readonly actor: Actor;
}
