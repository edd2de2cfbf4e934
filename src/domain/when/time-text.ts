/** Times of a day as people write them. `9`, `09:00`, `9 pm`, `noon`, «۹ صبح», «۹ شب» and the like; others are 24-hour. */

/** The half of the day that goes with an hour: what it adds where that is the afternoon. */
const halves: readonly [string, (hour: number) => number | undefined][] = [
  ["a\\.?m\\.?|(?:in the )?morning|صبح|بامداد|سحر", (hour) => (hour <= 12 ? hour % 12 : undefined)],
  ["p\\.?m\\.?|(?:in the )?(?:afternoon|evening)|at night|بعد ?از ?ظهر|عصر|غروب", (hour) => afternoon(hour)],
  ["شب", (hour) => night(hour)],
  ["ظهر", (hour) => (hour === 11 || hour === 12 ? hour : hour <= 4 ? hour + 12 : undefined)],
  ["نیمه ?شب", (hour) => (hour <= 4 || hour === 12 ? hour % 12 : undefined)],
];

/** «۹ شب» is the evening, «۱۲ شب» midnight, «۲ شب» after it. */
function night(hour: number): number | undefined {
  if (hour === 12 || hour === 24) return 0;
  return hour <= 4 || hour >= 18 ? hour : hour < 12 ? hour + 12 : undefined;
}

function afternoon(hour: number): number | undefined {
  if (hour === 0) return undefined;
  return hour <= 12 ? (hour % 12) + 12 : hour <= 23 ? hour : undefined;
}

const HALF = halves.map(([source]) => source).join("|");

/** Matches an hour with its minutes, its half of the day, or both; named groups hour, minute, half. */
export const TIME = `(?<hour>\\d{1,2})(?:(?::|\\.)(?<minute>\\d{2})(?::\\d{2}(?:\\.\\d+)?)?)?(?: ?(?<half>${HALF}))?`;

/** Parts of a day that name a time by themselves, in minutes since midnight. */
export const partsOfDay: readonly [string, number][] = [
  ["noon|midday|ظهر", 12 * 60],
  ["(?:early )?morning|صبح", 9 * 60],
  ["(?:late )?afternoon|بعد ?از ?ظهر", 15 * 60],
  ["evening|عصر|غروب", 18 * 60],
  ["night|شب", 21 * 60],
];

interface TimeParts {
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly half?: string | undefined;
}

/** Minutes since midnight of what {@link TIME} matched; 24:00 is 1440; undefined when there is no such time. */
export function minutesOf({ hour = "", minute = "0", half }: TimeParts): number | undefined {
  const said = Number(hour);
  const exact = half === undefined ? said : halfOf(half, said);
  if (exact === undefined || Number(minute) > 59) return undefined;
  const minutes = exact * 60 + Number(minute);
  return minutes <= 24 * 60 ? minutes : undefined;
}

function halfOf(half: string, hour: number): number | undefined {
  return halves.find(([source]) => new RegExp(`^(?:${source})$`, "u").test(half))?.[1](hour);
}
