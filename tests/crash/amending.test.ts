/**
 * Taking back and mending, cut off at every effect and cut off again: everybody has an ending afterwards, and it says what
 * really stands in the inbox. A message that is gone is never called sent, and one that stays is never called gone.
 */
import { describe, expect, test } from "vitest";
import type { Amended } from "../../src/channels/channel.ts";
import { AmendmentFold } from "../../src/domain/amending/amendment-fold.ts";
import { amendingWorld, startAmender } from "../support/amending-bench.ts";
import type { Effect } from "../support/memory-stores.ts";
import { noCrash } from "../support/memory-stores.ts";

const NAMES = 4;
const refused: Amended = { kind: "recipient", state: "refused", why: "notOursToChange" };
const lost: Amended = { kind: "uncertain", why: "connectionBroke" };

/** p1's first answers are lost, once before and once after it was done; p2's message can't be touched. */
function answer(username: string, nth: number) {
  if (username === "p1" && nth <= 2) return { happens: nth === 2, says: lost };
  return username === "p2" ? { happens: false, says: refused } : undefined;
}

function dyingAt(k: number): { readonly effect: Effect; readonly seen: () => number } {
  let seen = 0;
  const effect: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
  return { effect, seen: () => seen };
}

const kinds = {
  takeBack: { kind: "takeBack", scope: { kind: "all" }, count: 4, by: "test" },
  mend: { kind: "mend", scope: { kind: "all" }, message: { text: "mended" }, count: 4, by: "test" },
} as const;

describe.each(["takeBack", "mend"] as const)("%s", (kind) => {
  test("wherever the process dies, everybody's ending is what stands in their inbox", async () => {
    let cases = 0;
    for (let first = 1, hasDied = true; hasDied; first++)
      for (let second = 1, diedAgain = true; diedAgain; second += 2) {
        const world = amendingWorld(NAMES);
        const one = dyingAt(first);
        const begun = startAmender(world, { effect: one.effect, answer });
        void begun.amender.begin("spring", kinds[kind]).catch(() => undefined);
        await begun.clock.runUntilIdle();
        hasDied = one.seen() >= first;
        const two = dyingAt(second);
        const lives = [{ effect: two.effect }, { effect: noCrash }];
        for (const { effect } of lives) {
          const life = startAmender(world, { effect, answer });
          // What was never begun is asked for again, as a person does.
          const again = world.disk.has("spring") ? undefined : life.amender.begin("spring", kinds[kind]);
          void Promise.resolve(again)
            .then(() => life.amender.recover(["spring"]))
            .catch(() => undefined);
          await life.clock.runUntilIdle();
        }
        diedAgain = two.seen() >= second;
        const fold = new AmendmentFold();
        for (const entry of world.disk.get("spring") ?? []) expect(fold.apply(entry)).toBe(true);
        expect(fold.all).toMatchObject([{ number: 1, status: "finished" }]);
        expect(fold.counts(1)).toEqual({ claimed: 0, done: NAMES - 1, kept: 1, uncertain: 0 });
        for (const { username, ordinal } of world.rows) {
          const isDone = fold.stateIn(1, ordinal)?.state === "done";
          const stands = world.inbox.get(username);
          expect([username, stands]).toEqual([
            username,
            isDone ? (kind === "mend" ? "mended" : undefined) : "hello",
          ]);
        }
        cases++;
      }
    expect(cases).toBeGreaterThan(100);
  });
});
