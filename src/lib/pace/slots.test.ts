import { expect, test } from "vitest";
import { Slots } from "./slots.ts";

test("gives out no more places than there are, and each once", () => {
  const slots = new Slots(2);
  const first = slots.take();
  expect(slots.take()).toBeDefined();
  expect(slots.take()).toBeUndefined();
  first?.();
  first?.();
  expect(slots.take()).toBeDefined();
  expect(slots.take()).toBeUndefined();
});
