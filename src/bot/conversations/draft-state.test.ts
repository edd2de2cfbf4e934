import fc from "fast-check";
import { expect, test } from "vitest";
import { capsUnder, chooseChannel, draftFrom, emptyDraft, limitThatSuffices } from "./draft-state.ts";

const channel = {
  name: "simulator",
  reachesPeople: false,
  maxMessageLength: 1000,
  accounts: [
    { name: "a", caps: { perMinute: 10, perDay: 4 } },
    { name: "b", caps: { perDay: 4 } },
  ],
};

test("the limit that suffices is the smallest one", () => {
  const used = fc.array(fc.nat(50), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.nat(500), used, (toSend, counts) => {
      const room = (limit: number): number =>
        counts.reduce((sum, count) => sum + Math.max(0, limit - count), 0);
      const limit = limitThatSuffices(toSend, counts);
      expect(room(limit)).toBeGreaterThanOrEqual(toSend);
      if (limit > 1) expect(toSend === 0 || room(limit - 1) < toSend).toBe(true);
    }),
  );
});

test("a chosen daily limit replaces the account's own and nothing else", () => {
  expect(capsUnder("own", { perMinute: 1, perDay: 4 })).toEqual({ perMinute: 1, perDay: 4 });
  expect(capsUnder(25, { perMinute: 1, perDay: 4 })).toEqual({ perMinute: 1, perDay: 25 });
  expect(capsUnder("none", { perMinute: 1, perDay: 4 })).toEqual({ perMinute: 1 });
});

test("a draft has the accounts that are chosen, and can't be made too early", () => {
  const state = emptyDraft();
  expect(() => draftFrom(state)).toThrow("before everything was known");
  chooseChannel(state, channel);
  state.chosen = ["b"];
  chooseChannel(state, channel);
  Object.assign(state, { id: "x", message: "Hi", list: { listId: "1", origin: "o", columns: [], valid: 1 } });
  expect(draftFrom(state).accounts).toEqual([{ name: "b", caps: { perDay: 4 } }]);
});
