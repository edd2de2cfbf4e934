/**
 * Who is behind a username: a pure function of the seed and the name, so that the same people live in every run, on
 * every machine, and nobody needs to be stored.
 */
import type { SimulatorConfig } from "./config.ts";

/** How somebody takes a message. What is temporary is over after the first `attempts` attempts at one message. */
export type Habit =
  | { readonly kind: "prompt" | "slow" | "notFound" | "refuses" }
  | { readonly kind: "flaky" | "throttled"; readonly attempts: number }
  | { readonly kind: "timeout"; readonly attempts: number; readonly delivered: boolean };

export interface Person {
  readonly habit: Habit;
  /** From the request to its answer. */
  readonly latencyMs: number;
}

/** Answers who is behind a normalised username. */
export function personOf(config: SimulatorConfig, username: string): Person {
  const habit = habitOf(config, username);
  if (habit.kind === "slow") return { habit, latencyMs: config.slowLatencyMs };
  const { min, max } = config.latencyMs;
  return { habit, latencyMs: min + Math.floor(draw(config.seed, username, "latency") * (max - min)) };
}

/**
 * Draws a number in [0, 1) from a seed, a name and a question: FNV-1a over the UTF-16 code units, mixed by the
 * finaliser of MurmurHash3, because FNV's own high bits hardly differ between names that differ in their last letter.
 */
export function draw(seed: string, username: string, question: string): number {
  let hash = 0x811c9dc5;
  const text = `${seed}\0${username}\0${question}`;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function habitOf({ seed, shares }: SimulatorConfig, username: string): Habit {
  const habits: readonly (readonly [number, Habit])[] = [
    [shares.notFound, { kind: "notFound" }],
    [shares.refuses, { kind: "refuses" }],
    [shares.slow, { kind: "slow" }],
    [shares.flaky, { kind: "flaky", attempts: 1 + Math.floor(draw(seed, username, "failures") * 3) }],
    [shares.throttled, { kind: "throttled", attempts: 1 }],
    [shares.timeoutDelivered, { kind: "timeout", attempts: 1, delivered: true }],
    [shares.timeoutLost, { kind: "timeout", attempts: 1, delivered: false }],
  ];
  let left = draw(seed, username, "habit");
  for (const [share, habit] of habits) {
    if (left < share) return habit;
    left -= share;
  }
  return { kind: "prompt" };
}
