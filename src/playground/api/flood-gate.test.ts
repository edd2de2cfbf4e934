import fc from "fast-check";
import { expect, test } from "vitest";
import { FloodGate } from "./flood-gate.ts";

const limits = { perChat: { perSecond: 1, burst: 3 }, overall: { perSecond: 30, burst: 4 } };

test("lets a burst pass, then says how long to wait", () => {
  const gate = new FloodGate(limits);
  expect([1, 2, 3, 4].map(() => gate.take(7, 0))).toEqual([undefined, undefined, undefined, 1]);
  expect(gate.take(7, 1000)).toBeUndefined();
});

test("counts all chats together as well", () => {
  const gate = new FloodGate(limits);
  expect([1, 2, 3, 4, 5].map((chat) => gate.take(chat, 0))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    1,
  ]);
});

test("whoever waits as told is let pass, whatever came before", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { minLength: 5, maxLength: 40 }), (pauses) => {
      const gate = new FloodGate(limits);
      let now = 0;
      for (const pause of pauses) gate.take(1, (now += pause));
      const wait = gate.take(1, now);
      if (wait !== undefined) expect(gate.take(1, now + wait * 1000)).toBeUndefined();
    }),
  );
});

test("never limits when it is off", () => {
  const gate = new FloodGate("off");
  for (let count = 0; count < 1000; count += 1) expect(gate.take(1, 0)).toBeUndefined();
});
