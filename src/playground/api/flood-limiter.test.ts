import fc from "fast-check";
import { expect, test } from "vitest";
import { FloodLimiter } from "./flood-limiter.ts";

const limits = { perChat: { perSecond: 1, burst: 3 }, overall: { perSecond: 30, burst: 4 } };

test("lets a burst pass, then says how long to wait", () => {
  const limiter = new FloodLimiter(limits);
  expect([1, 2, 3, 4].map(() => limiter.take(7, 0))).toEqual([undefined, undefined, undefined, 1]);
  expect(limiter.take(7, 1000)).toBeUndefined();
});

test("counts all chats together as well", () => {
  const limiter = new FloodLimiter(limits);
  expect([1, 2, 3, 4, 5].map((chat) => limiter.take(chat, 0))).toEqual([
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
      const limiter = new FloodLimiter(limits);
      let now = 0;
      for (const pause of pauses) limiter.take(1, (now += pause));
      const wait = limiter.take(1, now);
      if (wait !== undefined) expect(limiter.take(1, now + wait * 1000)).toBeUndefined();
    }),
  );
});

test("never limits when it is off", () => {
  const limiter = new FloodLimiter("off");
  for (let count = 0; count < 1000; count += 1) expect(limiter.take(1, 0)).toBeUndefined();
});
