/** What the dialogue for collecting leads has gathered so far. Plain: it is rebuilt at every replay. */
import type { CollectRequest, Cycle, SourceManifest } from "../../app/leads/leads.ts";

/** A source as the dialogue needs it. */
export type ChosenSource = Pick<SourceManifest, "name" | "targetKind">;

export interface CollectState {
  source?: ChosenSource;
  /** As typed; each can be read by the source. */
  targets: readonly string[];
  /** Of people all together; of posts, for each of the targets. */
  count?: number;
  /** In cycles; absent: one page after another. */
  cycle?: Cycle;
}

/** The request as the application takes it. Throws when a step before was left out. */
export function requestFrom({ source, targets, count, cycle }: CollectState): CollectRequest {
  if (!source || targets.length === 0 || count === undefined)
    throw new Error("leads were asked for before everything was known");
  const each = source.targetKind === "search" ? { isEach: true } : {};
  const request = { targets: targets.map((text) => ({ source: source.name, text })), count, ...each };
  return cycle ? { ...request, cycle } : request;
}
