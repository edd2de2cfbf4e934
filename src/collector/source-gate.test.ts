import { expect, test } from "vitest";
import type { PassedCall } from "./source-gate.ts";
import { SourceGate } from "./source-gate.ts";

const limit = { count: 10, windowMs: 10_000 };

function failTimes(gate: SourceGate, count: number, now: number): void {
  for (let time = 0; time < count; time++) gate.failed(gate.pass(now), now, "serviceDown");
}

test("lets no more calls out in any stretch than the source allows, those of earlier processes counted", () => {
  const gate = new SourceGate({ count: 3, windowMs: 1000 });
  gate.remember([100, 200]);
  gate.pass(300);
  expect(gate.opensAt(300)).toEqual({ at: 1100, kind: "callLimit" });
  gate.pass(1100);
  expect(gate.opensAt(1100)).toEqual({ at: 1200, kind: "callLimit" });
});

test("keeps the moment that the source named, and goes on at full speed after it", () => {
  const gate = new SourceGate(limit);
  gate.throttled(gate.pass(0), 0, 5000);
  expect(gate.opensAt(1)).toEqual({ at: 5000, kind: "rateLimit" });
  gate.pass(5000);
  expect(gate.opensAt(5000).at).toBeLessThanOrEqual(5000);
});

test("asks half as often after a refusal that names no moment, once a burst, and faster with every page", () => {
  const gate = new SourceGate(limit);
  const burst = [gate.pass(0), gate.pass(0), gate.pass(0)];
  for (const call of burst) gate.throttled(call, 10, undefined);
  expect(gate.opensAt(10)).toEqual({ at: 2010, kind: "rateLimit" });
  let [now, call]: [number, PassedCall | undefined] = [2010, undefined];
  const waits: number[] = [];
  for (let page = 0; page < 10; page++) {
    call = gate.pass(now);
    gate.answered(call);
    gate.served(now);
    const { at } = gate.opensAt(now);
    waits.push(at - now);
    now = Math.max(now, at);
  }
  expect(waits[0]).toBeLessThan(2000);
  expect(waits.slice(0, 9)).toEqual(waits.slice(0, 9).toSorted((a, b) => b - a));
  expect(waits[9]).toBeLessThanOrEqual(1000);
});

test("asks nobody after five failures in a row, then one, and all again when that one is answered", () => {
  const gate = new SourceGate(undefined);
  failTimes(gate, 4, 0);
  expect(gate.opensAt(0).at).toBe(0);
  failTimes(gate, 1, 0);
  expect(gate.opensAt(0)).toEqual({ at: 30_000, kind: "unavailable", why: "serviceDown" });
  const trial = gate.pass(30_000);
  expect(gate.opensAt(30_000)).toEqual({ at: 31_000, kind: "unavailable", why: "serviceDown" });
  gate.answered(trial);
  expect(gate.opensAt(30_001).at).toBeLessThanOrEqual(30_001);
});

test("lets the next one try where the one that tried was given up", () => {
  const gate = new SourceGate(undefined);
  failTimes(gate, 5, 0);
  const trial = gate.pass(30_000);
  gate.abandoned(trial, 30_100);
  expect(gate.opensAt(30_100).at).toBeLessThanOrEqual(30_100);
});
