/** What is said of a message that an earlier call may have changed, when nothing more can be asked about it. */
import { expect, test } from "vitest";
import { DAY, amendingWorld, startAmender } from "../../../tests/support/amending-bench.ts";

const takeBack = { kind: "takeBack", scope: { kind: "all" }, count: 2, by: "test" } as const;
const mend = {
  kind: "mend",
  scope: { kind: "all" },
  message: { text: "mended" },
  count: 1,
  by: "test",
} as const;
const tooOld = { kind: "recipient", state: "refused", why: "tooOldToTakeBack" } as const;
const gone = { kind: "recipient", state: "refused", why: "unsubscribed", uncalled: true } as const;

test("a claim that outlived its process is asked about at any age, because the message may be gone", async () => {
  const world = amendingWorld(2);
  const abilities = { takesBack: { withinMs: 2 * DAY }, mends: true as const };
  const dying = startAmender(world, {
    abilities,
    effect: (name) => (name === "after call" ? new Promise(() => undefined) : Promise.resolve()),
    answer: (username) => (username === "p1" ? { happens: false, says: tooOld } : undefined),
  });
  void dying.amender.begin("spring", takeBack);
  await dying.clock.advance(1000);
  expect([...world.inbox.keys()]).toEqual(["p1"]);
  const later = { abilities, startsAt: dying.clock.now() + 3 * DAY };
  const { amender, amendments, clock } = startAmender(world, {
    ...later,
    answer: (username) => (username === "p1" ? { happens: false, says: tooOld } : undefined),
  });
  await amender.recover(["spring"]);
  await clock.runUntilIdle();
  const fold = await amendments.read("spring");
  expect([fold.of(0)?.isTakenBack, fold.of(1)?.isTakenBack]).toEqual(["yes", "no"]);
});

test.each(["by the list", "by the channel"])(
  "who may have another text already, and is given none any more %s, is said to be uncertain",
  async (whose) => {
    const world = amendingWorld(1);
    const [row] = world.rows;
    const username = whose === "by the list" ? "p_out" : "p0";
    const about = { ...world, rows: row ? [{ ...row, username }] : [] };
    world.disk.set("spring", [
      { t: "begin", n: 1, ...mend, at: row?.at ?? 0 },
      { t: "claim", n: 1, r: 0, at: row?.at ?? 0 },
    ]);
    const { amender, amendments, clock } = startAmender(about, {
      answer: () => ({ happens: false, says: gone }),
    });
    await amender.recover(["spring"]);
    await clock.runUntilIdle();
    const why = whose === "by the list" ? "onDoNotSendList" : "unsubscribed";
    const stands = (await amendments.read("spring")).of(0);
    expect(stands).toMatchObject({ mended: { isSure: false }, last: { state: "uncertain", why } });
  },
);

test("who leaves after a call that nobody answered may have the other text", async () => {
  const world = amendingWorld(1);
  const { amender, amendments, clock } = startAmender(world, {
    answer: (_name, nth) =>
      nth === 1
        ? { happens: true, says: { kind: "uncertain", why: "connectionBroke" } }
        : { happens: false, says: gone },
  });
  await amender.begin("spring", mend);
  await clock.runUntilIdle();
  expect((await amendments.read("spring")).of(0)).toMatchObject({ mended: { isSure: false } });
});
