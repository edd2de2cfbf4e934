/** How the subscribers grow, for an operator: counted by days of the house's time zone, and drawn. */
import type { DayOf } from "../../domain/accounts/calendar-day.ts";
import type { Growth, SubscriberChange } from "../../domain/people/growth.ts";
import { growthIn } from "../../domain/people/growth.ts";
import type { SubscriberHistory } from "../../storage/ports/people.ts";
import type { DrawGrowth, GrowthPicture } from "./growth-picture.ts";

/** How many days back anybody may look. */
export const MOST_DAYS = 3650;

export interface GrowthRequest {
  /** From 1 to {@link MOST_DAYS}. */
  readonly days: number;
  /** Only those who came by this link; absent: all. */
  readonly source?: string;
}

export interface GrowthLook {
  look(request: GrowthRequest): Promise<Growth>;
  /** The same as a picture in the given words, PNG. */
  draw(request: GrowthRequest, words: (growth: Growth) => GrowthPicture): Promise<Uint8Array>;
}

export interface GrowthParts {
  readonly subscribers: SubscriberHistory;
  readonly dayOf: DayOf;
  /** ms since the epoch */
  readonly now: () => number;
  readonly drawGrowth: DrawGrowth;
}

/** As many columns as a phone shows apart. */
const MOST_STEPS = 31;
/** Days, weeks, about months, about years. */
const STEPS = [1, 7, 30, 365] as const;

export function createGrowth(parts: GrowthParts): GrowthLook {
  const look = async ({ days, source }: GrowthRequest): Promise<Growth> => {
    const changes: SubscriberChange[] = [];
    for await (const change of parts.subscribers.changes())
      if (source === undefined || change.source === source) changes.push(change);
    const stepDays = STEPS.find((step) => days <= step * MOST_STEPS) ?? STEPS[3];
    const until = parts.now();
    return growthIn(changes, { starts: startsOf(parts.dayOf, until, { days, stepDays }), until, stepDays });
  };
  return {
    look,
    draw: async (request, words) => parts.drawGrowth(words(await look(request))),
  };
}

/** First moments of days so many days apart, back from today; the first step may be shorter. */
function startsOf(
  dayOf: DayOf,
  now: number,
  { days, stepDays }: { readonly days: number; readonly stepDays: number },
): readonly number[] {
  const starts: number[] = [];
  let { start } = dayOf(now);
  for (let back = 1; back <= days; back++) {
    // The last step ends today, so the others are counted back from it.
    if (back % stepDays === 0 || back === days) starts.push(start);
    ({ start } = dayOf(start - 1));
  }
  return starts.toReversed();
}
