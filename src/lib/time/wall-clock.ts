/** Clocks on the wall by the time zone database of this Node; see the domain's `WallClock` for what they promise. */
import { Temporal } from "temporal-polyfill";

interface Time {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/**
 * Makes the clock of one time zone.
 * @param timeZone IANA name, e.g. `Asia/Tehran`; throws a RangeError when there is none such
 */
export function createWallClock(timeZone: string) {
  const zoned = (at: number): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  zoned(0);
  return {
    timeZone,
    shows: (at: number) => shown(zoned(at)),
    momentsOf: (time: Time) => momentsOf(time, timeZone),
    changesAfter: (at: number) => zoned(at).getTimeZoneTransition("next")?.epochMilliseconds,
  };
}

function shown({ year, month, day, hour, minute, dayOfWeek }: Temporal.ZonedDateTime) {
  return { year, month, day, hour, minute, weekday: weekdays[dayOfWeek - 1] ?? 1 };
}

/** Earlier and later are told apart in both nights; only a time that was skipped is not shown by either. */
function momentsOf(time: Time, timeZone: string): number[] {
  const plain = plainOf(time);
  if (!plain) return [];
  const both = (["earlier", "later"] as const)
    .map((disambiguation) => plain.toZonedDateTime(timeZone, { disambiguation }))
    .filter((zoned) => zoned.toPlainDateTime().equals(plain))
    .map(({ epochMilliseconds }) => epochMilliseconds);
  return [...new Set(both)];
}

function plainOf({ year, month, day, hour, minute }: Time): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from({ year, month, day, hour, minute }, { overflow: "reject" });
  } catch {
    return undefined;
  }
}
