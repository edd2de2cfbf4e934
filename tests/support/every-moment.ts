/**
 * A share of the moments at which something may end: `npm test` takes every second or third of them, each day others, and
 * `--mode long` takes them all. A failing share is taken again with its day in `TEST_DAY`.
 */

/** Days since the epoch. */
export const shareDay = Number(process.env["TEST_DAY"] ?? Math.floor(Date.now() / 86_400_000));

const isWhole = process.env["MODE"] === "long";

/** Numbers from 1 on, endlessly: one of each `of` in a row, in other places each day. @param shift Moves the places further */
export function* shareOfToday(of: number, shift = 0): Generator<number, never> {
  const step = isWhole ? 1 : of;
  for (let k = 1 + ((shareDay + shift) % step); ; k += step) yield k;
}

/** One of several cases that say the same in different ways, each day another: for what starts the whole program. */
export function oneOfToday<T>(cases: readonly T[]): readonly T[] {
  return isWhole ? cases : cases.filter((_, index) => index === shareDay % cases.length);
}

/** One of each `of` in a row of cases, each day others: for what goes all the way through the program. */
export function someOfToday<T>(cases: readonly T[], of: number): readonly T[] {
  return isWhole ? cases : cases.filter((_, index) => index % of === shareDay % of);
}

/**
 * Those of today, of cases that take unequally long: as many days as it takes see each of them once.
 * @param costs How long each takes
 * @param mostADay About as much is taken a day; what takes longer by itself has a day of its own
 */
export function withinADay(
  costs: Readonly<Record<string, number>>,
  mostADay: number,
  day = shareDay,
): readonly string[] {
  const total = Object.values(costs).reduce((sum, cost) => sum + cost, 0);
  const days = Array.from({ length: Math.max(1, Math.ceil(total / mostADay)) }, () => ({
    cost: 0,
    cases: new Array<string>(),
  }));
  for (const [name, cost] of Object.entries(costs).toSorted(([, a], [, b]) => b - a)) {
    const emptiest = days.reduce((least, one) => (one.cost < least.cost ? one : least));
    emptiest.cases.push(name);
    emptiest.cost += cost;
  }
  return days[day % days.length]?.cases ?? [];
}

/** Cases side by side: each mostly waits for its own files. */
const AT_ONCE = 8;

/**
 * Runs a case for the moments of today's share, one after another, until one is never reached.
 * @param run Answers whether the k-th moment came
 * @param of The share is one of so many
 * @returns How many came
 */
export async function everyMoment(run: (k: number) => Promise<boolean>, of = 1): Promise<number> {
  const moments = shareOfToday(of);
  for (let reached = 0; ;) {
    const cases = await Promise.all(Array.from({ length: AT_ONCE }, () => run(moments.next().value)));
    reached += cases.filter(Boolean).length;
    if (cases.includes(false)) return reached;
  }
}
