/** Hits a process in the very moment of a call of its own: few moments of one's own choosing find a message under way. */
import { setTimeout as wait } from "node:timers/promises";
import type { Aim } from "./events.ts";
import type { FleetProcess } from "./fleet-process.ts";
import type { ChannelName } from "./people.ts";

/** A call of a process, before it is answered. */
export interface Meeting {
  /** Host and port that it asked. */
  readonly host: string;
  readonly channel: ChannelName;
  readonly deed: "message" | "question";
}

/** A process that makes no such call is hit all the same. */
const LONGEST_AIM_MS = 30_000;

export class Aiming {
  readonly #waiting = new Set<(meeting: Meeting) => void>();

  /** Is told of each call before it is answered. */
  meet(meeting: Meeting): void {
    for (const meets of this.#waiting) meets(meeting);
  }

  /** @param hit Is called once, within the call that was waited for */
  async at(one: FleetProcess, aim: Aim, hit: () => void): Promise<void> {
    if (aim === "any") return hit();
    const isIt = (meeting: Meeting): boolean => one.made(meeting) && fits(meeting, aim);
    await this.#meeting(LONGEST_AIM_MS, (meeting) => {
      if (!isIt(meeting)) return false;
      hit();
      return true;
    }).then((wasMet) => (wasMet ? undefined : hit()));
  }

  /**
   * Within the next message that the bot carries, whoever of them sends it.
   * @returns false where none was sent for so long
   */
  atBot(forMs: number, hits: (meeting: Meeting) => boolean): Promise<boolean> {
    return this.#meeting(forMs, (meeting) => fits(meeting, "botMessage") && hits(meeting));
  }

  /** @param hits Is called within each call until it answers true */
  async #meeting(forMs: number, hits: (meeting: Meeting) => boolean): Promise<boolean> {
    const over = new AbortController();
    const meets = (meeting: Meeting): void => {
      if (!over.signal.aborted && hits(meeting)) over.abort();
    };
    this.#waiting.add(meets);
    await wait(forMs, undefined, { signal: over.signal }).catch(() => undefined);
    this.#waiting.delete(meets);
    const wasMet = over.signal.aborted;
    over.abort();
    return wasMet;
  }
}

function fits({ channel, deed }: Meeting, aim: Exclude<Aim, "any">): boolean {
  return aim === "botMessage" ? channel === "telegram" && deed === "message" : deed === aim;
}
