/** Hits a process in the very moment of a call of its own: few moments of one's own choosing find a message under way. */
import { setTimeout as wait } from "node:timers/promises";
import type { Call, RouteName } from "../support/fake-x/faults.ts";
import type { Aim } from "./events.ts";
import type { FleetProcess } from "./fleet-process.ts";

const routes: Readonly<Record<Exclude<Aim, "any">, readonly RouteName[]>> = {
  message: ["sendMessage"],
  question: ["usersBy", "userByName", "conversationEvents", "events"],
};

/** A process that makes no such call is hit all the same. */
const LONGEST_AIM_MS = 30_000;

export class Aiming {
  readonly #waiting = new Set<(call: Call) => void>();

  /** Is told of each call to X before it is answered. */
  meet(call: Call): void {
    for (const meets of this.#waiting) meets(call);
  }

  /** @param hit Is called once, within the call that was waited for */
  async at(one: FleetProcess, aim: Aim, hit: () => void): Promise<void> {
    if (aim !== "any") await this.#call(one, routes[aim], hit);
    else hit();
  }

  async #call(one: FleetProcess, names: readonly RouteName[], hit: () => void): Promise<void> {
    const over = new AbortController();
    const meets = ({ host, route }: Call): void => {
      if (over.signal.aborted || !host.endsWith(`:${one.x.port}`) || !names.includes(route)) return;
      over.abort();
      hit();
    };
    this.#waiting.add(meets);
    await wait(LONGEST_AIM_MS, undefined, { signal: over.signal }).catch(() => undefined);
    this.#waiting.delete(meets);
    if (over.signal.aborted) return;
    over.abort();
    hit();
  }
}
