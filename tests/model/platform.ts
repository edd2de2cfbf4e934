/** The platform of the model and its people: its moods, what arrived, and the processes that send through it. */
import type { ChannelManifest } from "../../src/channels/channel.ts";
import type { TestProcess } from "../support/engine-bench.ts";
import { startProcess } from "../support/engine-bench.ts";
import type { MemoryDisk } from "../support/memory-stores.ts";
import type { Turn } from "../support/scripted/scripted-channel.ts";
import { createScriptedChannel, lostNo, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";

/** A message arrives at once and its answer takes this long: pauses and crashes find sends under way. */
const ANSWER_MS = 20;
export type Mood = "up" | "down" | "throttled" | "lostYes" | "lostNo";

export class Platform {
  readonly locked = new Set<string>();
  mood: Mood = "up";
  /** How many messages each person got. */
  readonly inbox = new Map<string, number>();
  readonly arrived: { readonly account: string; readonly at: number }[] = [];
  /** The text that each person got last. */
  readonly texts = new Map<string, string>();
  readonly clock: VirtualClock;
  readonly #manifest: Partial<ChannelManifest>;

  constructor(manifest: Partial<ChannelManifest>, clock: VirtualClock) {
    this.#manifest = manifest;
    this.clock = clock;
  }

  /** A process that sends through it; `kill` stops it between two effects. */
  begin(disk: MemoryDisk): { readonly process: TestProcess; readonly kill: () => void } {
    let isDead = false;
    const effect = async (name: string): Promise<void> => {
      if (name === "after call" || name === "before wait") await this.clock.sleep(ANSWER_MS);
      if (isDead) await new Promise(() => undefined);
    };
    const channel = createScriptedChannel({
      manifest: this.#manifest,
      effect,
      inbox: this.inbox,
      turn: ({ account, username, text }) => this.#turn(account, username, text),
    });
    const clock = this.#clockUntil(() => isDead);
    const process = startProcess({ channel, disk, clock, effect, concurrency: 3 });
    return { process, kill: () => (isDead = true) };
  }

  /** For one process: nobody wakes up in a dead one. */
  #clockUntil(isDead: () => boolean): VirtualClock {
    const { clock } = this;
    return {
      pending: 0,
      now: () => clock.now(),
      advance: (ms) => clock.advance(ms),
      runUntilIdle: () => clock.runUntilIdle(),
      runUntil: (promise) => clock.runUntil(promise),
      async sleep(ms, signal) {
        await clock.sleep(ms, signal);
        if (isDead()) await new Promise(() => undefined);
      },
    };
  }

  #turn(account: string, username: string, text: string): Turn {
    const turn = this.#turnOf(account);
    if (turn.arrives) this.arrived.push({ account, at: this.clock.now() });
    if (turn.arrives) this.texts.set(username, text);
    return turn;
  }

  #turnOf(account: string): Turn {
    const no = { arrives: false } as const;
    if (this.locked.has(account))
      return { ...no, answer: { kind: "account", trouble: "locked", why: "accountLocked" } };
    switch (this.mood) {
      case "up":
        return yes;
      case "down":
        return { ...no, answer: { kind: "unavailable", why: "serviceDown" } };
      case "throttled":
        return {
          ...no,
          answer: {
            kind: "throttled",
            scope: "account",
            retryAt: this.clock.now() + 3000,
            why: "tooFast",
          },
        };
      case "lostYes":
        return lostYes;
      case "lostNo":
        return lostNo;
    }
  }
}
