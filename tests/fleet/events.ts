/** What befalls a fleet, drawn from a seed: the same seed draws the same events, whatever the machine makes of them. */
import { seededRandom } from "../support/loopback-server.ts";

/**
 * At what moment a process is hit: at any, or while it asks to send a message, or while it asks who somebody is;
 * `botMessage`: whoever is the next to have the bot send a message, and just then.
 */
export type Aim = "any" | "message" | "question" | "botMessage";

/** What befalls the fleet; times in ms. */
export type FleetEvent =
  | { readonly kind: "killWorker" | "killChat"; readonly aim: Aim; readonly downMs: number }
  /** It is told to stop, and started again when it has. */
  | { readonly kind: "stopWorker" }
  | { readonly kind: "freezeWorker"; readonly aim: Aim; readonly ms: number }
  | { readonly kind: "joinWorker" }
  | { readonly kind: "killDatabase"; readonly downMs: number }
  | { readonly kind: "freezeDatabase"; readonly ms: number }
  /** PostgreSQL ends the sessions of everybody. */
  | { readonly kind: "endSessions" }
  /** The connections of one process break, or carry nothing for a while and are then whole or broken. */
  | { readonly kind: "cutWire" }
  | { readonly kind: "deadWire"; readonly ms: number; readonly mended: "whole" | "broken" }
  /** The operator puts somebody on the do-not-send list, or pauses for a while. */
  | { readonly kind: "optOut" }
  | { readonly kind: "pause"; readonly ms: number };

export interface DrawnEvent {
  readonly event: FleetEvent;
  /** In [0, 1): which of those whom it can befall it does. */
  readonly whom: number;
}

type Draw = (random: () => number) => FleetEvent;

/** Longer than a lease of claims, of which nobody doubts a minute's. */
const LONGER_THAN_A_LEASE_MS = 75_000;

/** Each with how many in a hundred are of its kind. */
const kinds: readonly (readonly [number, Draw])[] = [
  [25, (random) => ({ kind: "killWorker", aim: aimOf(random), downMs: between(random, 0, 8000) })],
  [5, (random) => ({ kind: "killWorker", aim: "botMessage", downMs: between(random, 0, 8000) })],
  [8, (random) => ({ kind: "freezeWorker", aim: aimOf(random), ms: between(random, 8000, 25_000) })],
  [4, (random) => ({ kind: "freezeWorker", aim: aimOf(random), ms: LONGER_THAN_A_LEASE_MS })],
  [2, () => ({ kind: "freezeWorker", aim: "botMessage", ms: LONGER_THAN_A_LEASE_MS })],
  [6, () => ({ kind: "stopWorker" })],
  [5, () => ({ kind: "joinWorker" })],
  [10, (random) => ({ kind: "killChat", aim: "any", downMs: between(random, 0, 5000) })],
  [8, (random) => ({ kind: "killDatabase", downMs: between(random, 0, 6000) })],
  [5, (random) => ({ kind: "freezeDatabase", ms: between(random, 1000, 15_000) })],
  [5, () => ({ kind: "endSessions" })],
  [5, () => ({ kind: "cutWire" })],
  [4, (random) => ({ kind: "deadWire", ms: 20_000, mended: random() < 0.5 ? "whole" : "broken" })],
  [5, () => ({ kind: "optOut" })],
  [3, (random) => ({ kind: "pause", ms: between(random, 1000, 5000) })],
];

/** @param count How many */
export function drawEvents(seed: number, count: number): readonly DrawnEvent[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => ({ event: drawOne(random), whom: random() }));
}

function drawOne(random: () => number): FleetEvent {
  let left = random() * kinds.reduce((sum, [share]) => sum + share, 0);
  const [, draw] = kinds.find(([share]) => (left -= share) < 0) ?? kinds[0] ?? [];
  return draw?.(random) ?? { kind: "joinWorker" };
}

/** Most are aimed: at a moment of one's own, few find a message under way. */
function aimOf(random: () => number): Aim {
  const drawn = random();
  if (drawn < 0.35) return "message";
  return drawn < 0.6 ? "question" : "any";
}

function between(random: () => number, least: number, most: number): number {
  return Math.round(least + random() * (most - least));
}
