import type { TargetState } from "./collection.ts";
import type { Target } from "./lead.ts";

/** Position of a target among a list's, or of the one that goes on in its place; undefined when the list has no such. */
export function numberOfTarget(
  targets: readonly TargetState[],
  { source, query }: Target,
): number | undefined {
  const at = targets.findIndex(({ target }) => target.source === source && target.query === query);
  return at === -1 ? undefined : (targets[at]?.twin ?? at);
}

/** Another target of the same source that is the same by the platform's own id; undefined where there is none. */
export function twinAmong(
  targets: readonly TargetState[],
  number: number,
  identity: string | undefined,
): number | undefined {
  const source = targets[number]?.target.source;
  const at = targets.findIndex(
    (one, other) =>
      other !== number &&
      identity !== undefined &&
      one.identity === identity &&
      one.target.source === source &&
      one.twin === undefined,
  );
  return at === -1 ? undefined : at;
}
