/** Ends the subscriptions of those who leave, as soon as Peyk hears of it. */
import type { Update } from "grammy/types";
import type { Subscribers } from "../../app/people/subscribers.ts";
import type { Departure } from "../intake/departure.ts";

/**
 * Makes what binds a departure: at the call, and on disk when it resolves. Asked again about the same update because that
 * failed, it writes down how the person stands by then: they may have come back.
 */
export function createDeparting(
  subscribers: Pick<Subscribers, "leave" | "keep">,
  departureIn: (update: Update) => Departure | undefined,
): (update: Update) => Promise<boolean> {
  const ended = new WeakMap<Update, boolean>();
  return async (update) => {
    const departure = departureIn(update);
    if (!departure) return false;
    const { person, how } = departure;
    const before = ended.get(update);
    if (before === undefined) return subscribers.leave(person, how, (was) => ended.set(update, was));
    await subscribers.keep(person);
    return before;
  };
}
