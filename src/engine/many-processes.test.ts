import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { putCampaign } from "../../tests/support/engine-bench.ts";
import { processesBench, stopProcesses } from "../../tests/support/processes-bench.ts";
import type { BenchTurn } from "../../tests/support/processes-bench.ts";
import { lostNo, lostYes, yes } from "../../tests/support/scripted/scripted-channel.ts";
import type { Turn } from "../../tests/support/scripted/scripted-channel.ts";
import type { Caps } from "../domain/accounts/limits.ts";

const MINUTE_MS = 60_000;

afterEach(stopProcesses);

const three = ["one", "two", "three"].map((name) => ({ name, caps: { perMinute: 6 } }));

test("sends to everybody once and never beyond a cap, whenever accounts are handed from one process to another", async () => {
  const turns = fc.array(fc.record({ ms: fc.nat(400), how: fc.constantFrom(yes, yes, lostYes, lostNo) }), {
    minLength: 8,
    maxLength: 8,
  });
  const hands = fc.array(fc.record({ afterMs: fc.nat(300), which: fc.nat(2) }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(turns, hands, async (given, handed) => {
      let calls = 0;
      const process = processesBench((_name, nth) => {
        const one = given[calls++ % given.length]!;
        return { ...(nth > 1 ? yes : one.how), ms: one.ms };
      });
      const { begin, disk, clock, duties, inbox, sends, together } = process;
      const [first] = [begin("first"), begin("second")];
      const campaign = putCampaign(disk, { names: 24, accounts: three });
      await clock.runUntil(first.engine.start(campaign));
      for (const { afterMs, which } of handed) {
        await clock.advance(afterMs);
        const duty = duties.names[which % Math.max(1, duties.names.length)];
        if (duty !== undefined) duties.handOn(duty);
      }
      // A service that is taken for down is tried at growing intervals.
      for (let waits = 0; disk.campaigns.get("spring")?.status !== "finished" && waits < 240; waits++)
        await clock.advance(MINUTE_MS / 2);
      expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
      expect([...inbox.values()]).toEqual(Array.from({ length: 24 }, () => 1));
      expect(together).toEqual([]);
      for (const { name } of three) {
        const moments = sends.filter(({ account }) => account === name).map(({ at }) => at);
        for (const at of moments)
          expect(moments.filter((one) => one >= at && one < at + MINUTE_MS).length).toBeLessThanOrEqual(6);
      }
      expect(process.statuses().filter((status) => status === "finished")).toHaveLength(1);
      await stopProcesses();
    }),
    { numRuns: 12 },
  );
});

const slow = { ...yes, ms: 200 };

/** Two processes, the second of which has every account; the first is where the operator is. */
async function withChat({ names = 6, turn = () => slow }: { names?: number; turn?: BenchTurn } = {}) {
  const process = processesBench(turn);
  const chat = process.begin("chat", { offer: () => ({ [Symbol.asyncDispose]: async () => undefined }) });
  const worker = process.begin("worker");
  const campaign = putCampaign(process.disk, { names });
  await process.clock.runUntil(chat.engine.start(campaign));
  const open = (await chat.engine.find("spring"))!;
  return { ...process, chat, worker, open };
}

test("a pause in one process binds the next claim of every other, and resuming there lets them go on", async () => {
  const { clock, open, sends, disk, statuses } = await withChat();
  await clock.advance(250);
  await open.pause("7");
  await clock.advance(5000);
  expect(sends).toHaveLength(4); // those that were under way
  await open.resume("7");
  await clock.advance(5000);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
  expect(statuses()).toEqual(["running", "paused", "running", "finished"]);
});

test("whoever another process cancels is skipped, also who was in flight then and surely got nothing", async () => {
  const busy: Turn = { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } };
  const { clock, open, statuses } = await withChat({ turn: () => ({ ...busy, ms: 200 }) });
  await clock.advance(100);
  await open.cancel("7");
  await clock.advance(60_000);
  expect(await open.ledger.counts()).toMatchObject({ planned: 0, claimed: 0, skipped: 6 });
  expect(new Set(statuses())).toEqual(new Set(["running", "cancelled"]));
});

test("what one process has tried again another sends, though nobody was left for it", async () => {
  const refused: Turn = { arrives: false, answer: { kind: "unexplained", why: "unsaid" } };
  const turn: BenchTurn = (username, nth) => ({
    ...(username === "p1" && nth === 1 ? refused : yes),
    ms: 50,
  });
  const { clock, open, inbox, disk, told } = await withChat({ turn, names: 3 });
  await clock.advance(5000);
  const failed = told.filter((event) => event.kind === "settled" && event.state === "failed");
  expect([inbox.size, failed.length, disk.campaigns.get("spring")?.status]).toEqual([2, 1, "finished"]);
  await open.retryFailed("7");
  await clock.advance(1000);
  expect([inbox.size, disk.campaigns.get("spring")?.status]).toEqual([3, "finished"]);
});

test("an account that an operator says is mended is tried by whoever takes its turns", async () => {
  const locked: Turn = {
    arrives: false,
    answer: { kind: "account", trouble: "locked", why: "accountLocked" },
  };
  let isLocked = true;
  const { clock, open, disk, inbox, chat } = await withChat({
    turn: () => ({ ...(isLocked ? locked : yes), ms: 50 }),
  });
  await clock.advance(1000);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "paused", pause: { kind: "noAccount" } });
  expect((await chat.engine.pool("scripted")).health("one")).toMatchObject({ kind: "left" });
  isLocked = false;
  await open.takeIn();
  await open.resume("7");
  await clock.advance(5000);
  expect(inbox.size).toBe(6);
  expect((await chat.engine.pool("scripted")).health("one")).toEqual({ kind: "active" });
});

test("a word that was lost is made up for", async () => {
  const { clock, open, worker, inbox, disk } = await withChat();
  await worker.unhear();
  await clock.advance(250);
  await open.pause("7");
  await clock.advance(1000);
  await open.resume("7");
  await clock.advance(20_000);
  expect([inbox.size, disk.campaigns.get("spring")?.status]).toEqual([6, "finished"]);
});

test("a campaign is not said to wait while an account of another process sends, and is when none may", async () => {
  const hour = 3_600_000;
  let tooFastFor = ["one"];
  const process = processesBench((_username, _nth, account) => {
    const until = process.clock.now() + hour;
    const tooFast: Turn = {
      arrives: false,
      answer: { kind: "throttled", scope: "account", retryAt: until, why: "unsaid" },
    };
    return { ...(tooFastFor.includes(account) ? tooFast : yes), ms: 200 };
  });
  const { begin, disk, clock, duties, statuses } = process;
  const [first] = [begin("first"), begin("second")];
  const accounts = ["one", "two"].map((name) => ({ name, caps: {} }));
  await clock.runUntil(first.engine.start(putCampaign(disk, { names: 40, accounts })));
  await clock.advance(10);
  duties.handOn("account/scripted/two");
  await clock.advance(1500);
  expect(statuses()).toEqual(["running"]);
  tooFastFor = ["one", "two"];
  await clock.advance(60_000);
  expect(statuses()).toEqual(["running", "paused"]);
  tooFastFor = [];
  await clock.advance(3 * hour);
  expect(statuses()).toEqual(["running", "paused", "running", "finished"]);
});

const unexplained: Turn = { arrives: false, answer: { kind: "unexplained", why: "unsaid" } };

/** Two processes with one account each, and what becomes of the sends in the order in which they are answered. */
async function withTwo(became: (nth: number) => Turn, caps: Caps = { perMinute: 1 }) {
  let nth = 0;
  const process = processesBench((_username, _nth, account) => ({
    ...became(nth++),
    ms: account === "one" ? 200 : 300,
  }));
  const { begin, disk, clock, duties } = process;
  const [first, second] = [begin("first"), begin("second")];
  const accounts = ["one", "two"].map((name) => ({ name, caps }));
  await clock.runUntil(first.engine.start(putCampaign(disk, { names: 40, accounts })));
  await clock.advance(1);
  duties.handOn("account/scripted/two");
  const standing = () => disk.campaigns.get("spring");
  return { ...process, first, second, standing };
}

test("refusals that nobody explains pause a campaign by the third in a row, whichever process meets them", async () => {
  const { clock, standing, statuses, first } = await withTwo(() => unexplained);
  await clock.advance(10 * MINUTE_MS);
  expect(standing()).toMatchObject({ status: "paused", pause: { kind: "rejected", why: "unsaid" } });
  const open = (await first.engine.find("spring"))!;
  expect((await open.ledger.counts()).failed).toBeLessThanOrEqual(4); // what was under way at the third
  await open.resume("7");
  expect(standing()?.unexplained).toBeUndefined();
  await clock.advance(10 * MINUTE_MS);
  expect(statuses()).toEqual(["running", "paused", "running", "paused"]);
});

test("one that is explained ends the row for every process", async () => {
  const { clock, standing, statuses } = await withTwo((nth) => (nth % 2 === 1 ? yes : unexplained));
  await clock.advance(30 * MINUTE_MS);
  expect(standing()).toMatchObject({ status: "finished" });
  expect(statuses()).toEqual(["running", "finished"]);
});

test("a campaign waits when accounts of several processes have used their limits up, and says until when each does", async () => {
  const { clock, standing, statuses, first, second } = await withTwo(() => yes, { perDay: 2 });
  await clock.advance(2 * MINUTE_MS);
  const tomorrow = Date.UTC(2026, 0, 2);
  expect(standing()).toMatchObject({ status: "paused", pause: { kind: "noAccount" } });
  expect(standing()?.pause).toMatchObject({
    accounts: ["one", "two"].map((name) => ({ name, trouble: "capped", until: tomorrow })),
  });
  const limits = await Promise.all(
    [first, second].map(async ({ engine }) => [...(await (await engine.find("spring"))!.othersLimits())]),
  );
  const limit = { until: tomorrow, isPaced: false };
  expect(limits).toHaveLength(2);
  expect(Object.fromEntries(limits.flat())).toEqual({ one: limit, two: limit });
  await clock.advance(24 * 60 * MINUTE_MS);
  expect(statuses().slice(0, 3)).toEqual(["running", "paused", "running"]);
});

test("a short wait for an account of another process is the ordinary pace", async () => {
  const { clock, statuses } = await withTwo(() => yes, { perMinute: 1 });
  await clock.advance(10 * MINUTE_MS);
  expect(statuses()).toEqual(["running"]);
});

test("an account that a process does not know is left to who does, who may only be starting anew", async () => {
  const stranger: Turn = {
    arrives: false,
    answer: { kind: "account", trouble: "loggedOut", why: "noSuchAccount" },
  };
  let isStranger = false;
  const process = processesBench(() => ({ ...(isStranger ? stranger : yes), ms: 50 }));
  const { begin, disk, clock, duties, inbox, statuses } = process;
  const knowing = begin("knowing");
  await clock.runUntil(knowing.engine.start(putCampaign(disk, { names: 40, accounts: perMinute(2) })));
  await clock.advance(1000);
  expect(inbox.size).toBe(2);
  const other = begin("stranger", duties.of("stranger"), []);
  await clock.runUntil(other.engine.recover());
  await clock.advance(57_000);
  isStranger = true; // whoever has it now would meet that
  duties.handOn("account/scripted/one");
  await clock.advance(50_000);
  isStranger = false;
  duties.handOn("account/scripted/one");
  await clock.advance(2 * MINUTE_MS);
  expect([inbox.size, statuses()]).toEqual([6, ["running"]]);
  isStranger = true;
  duties.handOn("account/scripted/one");
  await clock.advance(2 * MINUTE_MS);
  expect(disk.campaigns.get("spring")).toMatchObject({
    status: "paused",
    pause: { kind: "noAccount", accounts: [{ name: "one", trouble: "loggedOut", why: "noSuchAccount" }] },
  });
  isStranger = false;
  const before = inbox.size;
  duties.handOn("account/scripted/one");
  await clock.advance(2 * MINUTE_MS);
  expect(inbox.size).toBeGreaterThan(before);
  expect(statuses()).toEqual(["running", "paused", "running"]);
});

const perMinute = (count: number) => [{ name: "one", caps: { perMinute: count } }];
