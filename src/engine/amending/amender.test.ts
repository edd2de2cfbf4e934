import { expect, test } from "vitest";
import { DAY, amendingWorld, startAmender } from "../../../tests/support/amending-bench.ts";

const takeBack = { kind: "takeBack", scope: { kind: "all" }, count: 4, by: "test" } as const;
const mend = {
  kind: "mend",
  scope: { kind: "all" },
  message: { text: "mended" },
  count: 4,
  by: "test",
} as const;

test("takes back those of one revision, or one name, and nobody else's", async () => {
  const world = amendingWorld(4);
  const { amender, clock } = startAmender(world);
  await amender.begin("spring", { ...takeBack, scope: { kind: "revision", revision: 1 } });
  await clock.runUntilIdle();
  expect([...world.inbox.keys()]).toEqual(["p0", "p2"]);
  await amender.begin("spring", { ...takeBack, scope: { kind: "name", username: "p2" } });
  await clock.runUntilIdle();
  expect([...world.inbox.keys()]).toEqual(["p0"]);
});

test("begun late it undoes nothing that came after it, and done once more it is the one that was begun", async () => {
  const world = amendingWorld(2);
  const { amender, clock } = startAmender(world);
  expect(await amender.begin("spring", mend, 0)).toBe(1);
  await clock.runUntilIdle();
  const newer = { ...mend, message: { text: "newer" } };
  expect(await amender.begin("spring", newer, 1)).toBe(2);
  await clock.runUntilIdle();
  expect([await amender.goOn("spring", mend, 0), await amender.begin("spring", mend, 0)]).toEqual([1, 1]);
  expect(await amender.begin("spring", takeBack, 0)).toBe("changed");
  expect(await amender.goOn("spring", mend, 1)).toBe("changed");
  await clock.runUntilIdle();
  expect(Object.fromEntries(world.inbox)).toEqual({ p0: "newer", p1: "newer" });
});

test("asks nothing about what is too old, says so, and asks nothing twice about what is gone", async () => {
  const world = amendingWorld(3);
  const abilities = { takesBack: { withinMs: 2 * DAY }, mends: true as const };
  const { amender, amendments, clock } = startAmender(world, { abilities });
  await amender.begin("spring", { ...takeBack, scope: { kind: "name", username: "p0" } });
  await clock.runUntilIdle();
  await clock.advance(3 * DAY);
  await amender.begin("spring", takeBack);
  await clock.runUntilIdle();
  const fold = await amendments.read("spring");
  expect(fold.counts(2)).toEqual({ claimed: 0, done: 0, kept: 2, uncertain: 0 });
  expect(fold.of(1)).toMatchObject({ isTakenBack: "no", last: { why: "tooOldToTakeBack" } });
  expect(Object.fromEntries(world.asked)).toEqual({ p0: 1 });
  await amender.begin("spring", mend);
  await clock.runUntilIdle();
  expect(Object.fromEntries(world.inbox)).toEqual({ p1: "mended", p2: "mended" });
  expect(fold.totals()).toEqual({ takenBack: 1, mended: 2 });
});

test("waits as long as the platform says and no shorter, and there is one at a time", async () => {
  const world = amendingWorld(1);
  const { amender, clock, events } = startAmender(world, {
    answer: (_name, nth) =>
      nth === 1
        ? {
            happens: false,
            says: { kind: "throttled", scope: "channel", retryAt: clock.now() + 40_000, why: "tooFast" },
          }
        : undefined,
  });
  await amender.begin("spring", takeBack);
  await clock.advance(39_000);
  expect([world.inbox.size, await amender.begin("spring", mend)]).toEqual([1, "busy"]);
  await clock.advance(2000);
  expect(world.inbox.size).toBe(0);
  expect(events.flatMap((one) => (one.kind === "amending" ? one.status : []))).toEqual([
    "running",
    "finished",
  ]);
});

test("an end that can't be recorded is reported, and nobody is left to catch it", async () => {
  const { amender, amendments, clock, problems } = startAmender(amendingWorld(1));
  await amender.begin("spring", takeBack);
  amendments.open = () => Promise.reject(new Error("the store is gone"));
  await clock.runUntilIdle();
  expect(problems).toEqual([expect.stringContaining("the store is gone")]);
});

test("pauses and goes on where it stood; stopped, whoever is left keeps the message", async () => {
  const world = amendingWorld(20);
  let calls = 0;
  const { amender, amendments, clock } = startAmender(world, {
    answer: () => {
      if (++calls === 6) void amender.pause("spring");
      if (calls === 12) void amender.stop("spring");
      return undefined;
    },
  });
  await amender.begin("spring", takeBack);
  await clock.runUntilIdle();
  const fold = await amendments.read("spring");
  expect(fold.open?.status).toBe("paused");
  const left = world.inbox.size;
  expect(left).toBeGreaterThan(8);
  expect([await amender.resume("spring"), await amender.resume("spring")]).toEqual([true, false]);
  await clock.runUntilIdle();
  expect(fold.open).toBeUndefined();
  expect(world.inbox.size).toBeGreaterThan(0);
  expect(world.inbox.size).toBeLessThan(left);
  expect(fold.counts(1).done).toBe(20 - world.inbox.size);
});

test("pauses by itself where the account or the text is refused, and says why", async () => {
  const world = amendingWorld(9);
  const { amender, amendments, clock } = startAmender(world, {
    answer: () => ({ happens: false, says: { kind: "rejected", why: "telegramFormatting" } }),
  });
  await amender.begin("spring", mend);
  await clock.runUntilIdle();
  expect((await amendments.read("spring")).open).toMatchObject({
    status: "paused",
    why: "telegramFormatting",
  });
  expect(world.asked.size).toBeLessThan(9);
  expect([...new Set(world.inbox.values())]).toEqual(["hello"]);
});

test("what nobody knows after some questions is said to be uncertain", async () => {
  const world = amendingWorld(1);
  const { amender, amendments, clock } = startAmender(world, {
    answer: () => ({ happens: true, says: { kind: "uncertain", why: "connectionBroke" } }),
  });
  await amender.begin("spring", takeBack);
  await clock.runUntilIdle();
  const fold = await amendments.read("spring");
  expect(fold.of(0)).toMatchObject({ isTakenBack: "maybe", last: { why: "connectionBroke" } });
  expect(fold.all).toMatchObject([{ status: "finished" }]);
});

test("gives nobody another text who is on the do-not-send list, and still takes their message back", async () => {
  const world = amendingWorld(2);
  const out = world.rows.map((row) => (row.ordinal === 0 ? { ...row, username: "p_out" } : row));
  const before = {
    ...world,
    rows: out,
    inbox: new Map([
      ["p_out", "hello"],
      ["p1", "hello"],
    ]),
  };
  const { amender, amendments, clock } = startAmender(before);
  await amender.begin("spring", mend);
  await clock.runUntilIdle();
  expect(Object.fromEntries(before.inbox)).toEqual({ p_out: "hello", p1: "mended" });
  expect((await amendments.read("spring")).of(0)).toMatchObject({ last: { why: "onDoNotSendList" } });
  await amender.begin("spring", takeBack);
  await clock.runUntilIdle();
  expect(before.inbox.size).toBe(0);
});

test("the very same, asked for again, goes on; another one, and what a person paused, does not", async () => {
  const world = amendingWorld(3);
  let isLoggedOut = true;
  const says = { kind: "account", trouble: "loggedOut", why: "accountLoggedOut" } as const;
  const { amender, amendments, clock } = startAmender(world, {
    answer: () => (isLoggedOut ? { happens: false, says } : undefined),
  });
  await amender.begin("spring", takeBack);
  await clock.runUntilIdle();
  expect((await amendments.read("spring")).open).toMatchObject({ status: "paused" });
  expect(await amender.goOn("spring", { kind: "takeBack", scope: { kind: "revision", revision: 1 } })).toBe(
    undefined,
  );
  isLoggedOut = false;
  expect(await amender.goOn("spring", mend)).toBe(undefined);
  expect(await amender.goOn("spring", takeBack)).toBe(1);
  await amender.pause("spring");
  expect(await amender.goOn("spring", takeBack)).toBe(1);
  expect((await amendments.read("spring")).open).toMatchObject({ status: "paused" });
  await amender.resume("spring");
  await clock.runUntilIdle();
  expect(world.inbox.size).toBe(0);
});
