/** Counts sends in windows anew from the moments of the calls alone: the judge of the engine's limits. */
import type { Limit } from "../../src/domain/accounts/limits.ts";

/** How often the limit was broken by these moments (ms since the epoch, in order). */
export function breaches(moments: readonly number[], limit: Limit, timeZone: string): number {
  if (limit.kind === "day")
    return [...perDay(moments, timeZone).values()].filter((n) => n > limit.count).length;
  return moments.filter((at, index) => at - (moments[index - limit.count] ?? -Infinity) < limit.windowMs)
    .length;
}

function perDay(moments: readonly number[], timeZone: string): ReadonlyMap<string, number> {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const days = new Map<string, number>();
  for (const at of moments) days.set(format.format(at), (days.get(format.format(at)) ?? 0) + 1);
  return days;
}
