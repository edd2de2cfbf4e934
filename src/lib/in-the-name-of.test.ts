import { createHook } from "node:async_hooks";
import { expect, test } from "vitest";
import { InTheNameOf } from "./in-the-name-of.ts";

test("whoever was named last is known to all that is done within, and to nobody beside it", async () => {
  const actor = new InTheNameOf("nobody");
  const language = new InTheNameOf("none");
  const both = (): string => `${actor.who}, ${language.who}`;
  const later = actor.as("ann", () =>
    language.as("fa", async () => {
      await Promise.resolve();
      return [both(), actor.as("bob", both), both()];
    }),
  );
  expect(both()).toBe("nobody, none");
  expect(await later).toEqual(["ann, fa", "bob, fa", "ann, fa"]);
});

test("a promise carries no more for many who name somebody than for one", () => {
  const forOne = storesCarried(1);
  expect(storesCarried(10)).toBe(forOne); // whatever else in this process has stores of its own
});

/** How many stores of the process a promise is handed at most where so many name somebody. */
function storesCarried(naming: number): number {
  const promises: object[] = [];
  const hook = createHook({
    init: (_, type, __, resource) => void (type === "PROMISE" && promises.push(resource)),
  }).enable();
  for (const one of Array.from({ length: naming }, () => new InTheNameOf("nobody")))
    one.as("ann", () => void Promise.resolve());
  hook.disable();
  expect(promises.length).toBe(naming);
  const carried = promises.map(
    (promise) =>
      Object.getOwnPropertySymbols(promise).filter((key) => key.description === "kResourceStore").length,
  );
  return Math.max(...carried);
}
