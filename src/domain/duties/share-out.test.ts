import fc from "fast-check";
import { expect, test } from "vitest";
import type { DutyBoard, DutyWorker } from "./share-out.ts";
import { shareOut } from "./share-out.ts";

const KINDS = ["account", "list", "account", "page"];
const kindOf = (duty: string): string => duty.slice(0, duty.indexOf("/"));

/** Up to five processes with ids from a, each willing to do some of up to twelve duties of three kinds; some are held, also by the dead. */
const boards: fc.Arbitrary<DutyBoard> = fc
  .record({
    most: fc.integer({ min: 1, max: 12 }),
    willing: fc.array(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), { maxLength: 5 }),
    standsBy: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    atNeed: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    holders: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ most, willing, standsBy, atNeed, holders }) => {
    const duties = Array.from({ length: most }, (_, at) => `${KINDS[at % KINDS.length]}/${at}`);
    const ids = ["a", "b", "c", "d", "e", "f"];
    return {
      workers: willing.map((which, at) => ({
        id: ids[at]!,
        willing: new Set(duties.filter((_, nth) => which[nth])),
        standsBy: standsBy[at] ?? false,
        // Each at need in another part of them.
        atNeed: new Set(duties.filter((_, nth) => which[nth] && atNeed[(nth + at) % 12])),
      })),
      duties: duties.map((duty, at) => {
        const holder = ids[holders[at] ?? -1];
        return { duty, ...(holder && { holder }) };
      }),
    };
  });

function moved(board: DutyBoard): DutyBoard {
  const moves = new Map(shareOut(board).map(({ duty, to }) => [duty, to]));
  const duties = board.duties.map((one) => {
    const holder = moves.get(one.duty) ?? one.holder;
    return { duty: one.duty, ...(holder !== undefined && { holder }) };
  });
  return { ...board, duties };
}

/** Those who may have it: who does it at need only where nobody else would, and then who stands by. */
function willingTo({ workers }: DutyBoard, duty: string): string[] {
  const willing = workers.filter((one) => one.willing.has(duty));
  const firstOf = (those: typeof willing, isLast: (one: DutyWorker) => boolean | undefined) => {
    const first = those.filter((one) => !isLast(one));
    return first.length > 0 ? first : those;
  };
  const fit = firstOf(willing, ({ atNeed }) => atNeed?.has(duty));
  return firstOf(fit, ({ standsBy }) => standsBy).map(({ id }) => id);
}

test("gives every free duty to one that is willing, where there is one", () => {
  fc.assert(
    fc.property(boards, (board) => {
      const after = moved(board);
      for (const [at, { duty, holder }] of board.duties.entries()) {
        const now = after.duties[at]?.holder;
        if (now !== holder) expect(willingTo(board, duty)).toContain(now);
        if (now === undefined) expect(willingTo(board, duty)).toEqual([]);
      }
    }),
  );
});

test("leaves nobody with two more of a kind than another who would do one of them, nor in all if that keeps kinds even", () => {
  fc.assert(
    fc.property(boards, (board) => {
      const { workers, duties } = moved(board);
      const loadOf = (id: string, kind?: string): number =>
        duties.filter(({ duty, holder }) => holder === id && (!kind || kindOf(duty) === kind)).length;
      for (const { duty, holder } of duties) {
        if (holder === undefined || !workers.some(({ id }) => id === holder)) continue;
        for (const other of willingTo(board, duty)) {
          const ofKind = loadOf(holder, kindOf(duty)) - loadOf(other, kindOf(duty));
          expect(ofKind).toBeLessThan(2);
          if (ofKind === 1) expect(loadOf(holder) - loadOf(other)).toBeLessThan(2);
        }
      }
    }),
  );
});

const holds = (holder: string | undefined, duties: readonly string[]): DutyBoard["duties"] =>
  duties.map((duty) => ({ duty, ...(holder !== undefined && { holder }) }));

test("after a death shares the accounts evenly, whatever else the others do", () => {
  const others = ["collecting", "follow-ups", "replies", "webhooks"];
  const accounts = [1, 2, 3, 4, 5].map((number) => `account/x/${number}`);
  const willing = new Set([...accounts, ...others]);
  const { duties } = moved({
    workers: [
      { id: "a", willing },
      { id: "b", willing },
    ],
    duties: [
      ...holds("a", others),
      ...holds("a", accounts.slice(0, 1)),
      ...holds("b", accounts.slice(1, 3)),
      ...holds(undefined, accounts.slice(3)),
    ],
  });
  const countOf = (holder: string, of: readonly string[]): number =>
    duties.filter((one) => one.holder === holder && of.includes(one.duty)).length;
  expect(["a", "b"].map((one) => countOf(one, accounts))).toEqual([2, 3]);
  expect(["a", "b"].map((one) => countOf(one, others))).toEqual([3, 1]);
});

/** What is handed on is free for a moment, and then everybody looks anew. */
test("comes to rest where everything that is handed on is free in between", () => {
  fc.assert(
    fc.property(boards, (board) => {
      let now = board;
      for (let looks = 0; looks < 30 && shareOut(now).length > 0; looks++) {
        const moves = new Map(shareOut(now).map((move) => [move.duty, move]));
        const duties = now.duties.map((one) => {
          const move = moves.get(one.duty);
          if (!move) return one;
          return { duty: one.duty, ...(move.from === undefined && { holder: move.to }) };
        });
        now = { ...now, duties };
      }
      expect(shareOut(now)).toEqual([]);
    }),
  );
});

test("leaves to who stands by nothing that another would do", () => {
  fc.assert(
    fc.property(boards, (board) => {
      const standBy = new Set(board.workers.filter(({ standsBy }) => standsBy).map(({ id }) => id));
      const willing = new Map(board.workers.map((one) => [one.id, one.willing]));
      // Who is willing no more is giving it back.
      for (const { duty, holder = "" } of moved(board).duties)
        if (standBy.has(holder) && willing.get(holder)?.has(duty))
          for (const other of willingTo(board, duty)) expect(standBy).toContain(other);
    }),
  );
});

test("moves nothing where all is shared out, and says the same in whatever order things are seen", () => {
  fc.assert(
    fc.property(boards, (board) => {
      expect(shareOut(moved(board))).toEqual([]);
      const turned = { workers: board.workers.toReversed(), duties: board.duties.toReversed() };
      expect(shareOut(turned)).toEqual(shareOut(board));
    }),
  );
});

test("says from whom a duty is handed on, and leaves alone what one holds that is gone", () => {
  const willing = new Set(["x", "y", "z"]);
  const workers = [
    { id: "a", willing },
    { id: "b", willing },
  ];
  const heldBy = (holder: string): DutyBoard => ({
    workers,
    duties: [...willing].map((duty) => ({ duty, holder })),
  });
  expect(shareOut(heldBy("a"))).toEqual([{ duty: "x", from: "a", to: "b" }]);
  expect(shareOut(heldBy("gone"))).toEqual([]);
});
