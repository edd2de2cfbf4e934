/**
 * A time zone in which it is noon. Limits of a day end at midnight, and a command waits for a limit that ends within an hour:
 * what a test sees of them must not depend on the hour at which it runs.
 */
const NOON = 12;

/** As in the names of the zones: `Etc/GMT+3` is three hours behind UTC. */
export const hoursWestOfUtc = (): number => new Date().getUTCHours() - NOON;

export function middayZone(hoursWest = hoursWestOfUtc()): string {
  return `Etc/GMT${hoursWest < 0 ? "" : "+"}${hoursWest}`;
}
