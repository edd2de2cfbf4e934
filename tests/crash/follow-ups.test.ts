/**
 * Follow-ups over a stop after each effect of the store and of the channel: nobody gets one twice, nobody who answered or said
 * stop before, nobody who may only have the first message, and nobody who is due is forgotten.
 */
import { expect, test } from "vitest";
import { FollowUpWatch } from "../../src/app/follow-ups/follow-up-watch.ts";
import { approvable, lacksApproval } from "../../src/domain/approval.ts";
import type { Entry } from "../../src/domain/journal.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { answerBy } from "../support/memory-answers.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, createMemoryStores, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const SENT_AT = Date.UTC(2026, 0, 1);

const accounts = ["one", "two"].map((name) => ({ name, caps: {} }));

/** Five people of whom the first four were sent the message, p3 by another account: p1 answers, p2 says stop, p4 is uncertain. */
function world(more: Partial<Campaign> = {}) {
  const disk = createMemoryDisk();
  const followUps = [
    { afterDays: 3, message: "Still there?" },
    { afterDays: 2, message: "Last word" },
  ];
  const spring = { ...putCampaign(disk, { names: 5, accounts }), createdAt: SENT_AT, followUps, ...more };
  disk.campaigns.set("spring", { ...spring, status: "finished" });
  disk.journals.set(
    "spring",
    [0, 1, 2, 3, 4].flatMap((r): Entry[] => {
      const at = SENT_AT + r * HOUR;
      const claim = { t: "claim", r, a: r === 3 ? "two" : "one", n: 1, at } as const;
      if (r === 4) return [claim, { t: "uncertain", r, why: "noAnswerInTime", at } as const];
      return [claim, { t: "sent", r, id: `m${r}`, at } as const];
    }),
  );
  disk.answers.put(answerBy("p1", SENT_AT + 1));
  disk.suppressed.set("p2", "optedOut");
  return disk;
}

interface Life {
  readonly effect?: Effect;
  readonly got: string[];
  readonly startsAt?: number;
  readonly lostTo?: string;
}

function live(disk: MemoryDisk, { effect = noCrash, got, startsAt = SENT_AT, lostTo }: Life) {
  const clock = createVirtualClock(startsAt);
  const channel = createScriptedChannel({
    effect,
    turn: ({ username, text, account }) => {
      got.push(`${account} to ${username}: ${text}`);
      return username === lostTo ? lostYes : yes;
    },
  });
  const stores = createMemoryStores(disk, effect, { clock });
  const { engine } = startProcess({ channel, disk, clock, stores });
  const watch = new FollowUpWatch({
    campaigns: stores.campaigns,
    ledgers: stores.ledgers,
    lists: disk.lists,
    engine,
    clock,
    async resultsOf(id) {
      const ledger = (await engine.find(id))?.ledger;
      return ledger && { count: 5, rows: ledger.results() };
    },
    log: { error: () => undefined },
  });
  return { clock, engine, watch };
}

const wanted = ["one to p0: Still there?", "two to p3: Still there?"];
const later = ["one to p0: Last word", "two to p3: Last word"];

async function run(disk: MemoryDisk, life: Life, ms: number): Promise<void> {
  const { clock, engine, watch } = live(disk, life);
  void engine.recover().catch(() => undefined);
  watch.start();
  await clock.advance(ms);
  await engine.stop(0).catch(() => undefined);
}

test("goes to each whose days are over, once, and a second one to whoever was sent the first", async () => {
  const disk = world();
  const got: string[] = [];
  await run(disk, { got }, 3 * DAY - HOUR);
  expect(got).toEqual([]);
  await run(disk, { got, startsAt: SENT_AT + 3 * DAY - HOUR }, 90 * 60_000);
  expect(got).toEqual([wanted[0]]);
  await run(disk, { got, startsAt: SENT_AT + 4 * DAY }, HOUR);
  expect(got).toEqual(wanted);
  await run(disk, { got, startsAt: SENT_AT + 9 * DAY }, HOUR);
  await run(disk, { got, startsAt: SENT_AT + 29 * DAY }, HOUR);
  expect(got.toSorted()).toEqual([...wanted, ...later].toSorted());
  expect([...disk.campaigns.keys()]).toEqual(["spring", "spring-follow-up-1", "spring-follow-up-2"]);
});

test("what was approved with the first goes out however people join, and nothing that was not", async () => {
  const disk = world({ approval: {} });
  const got: string[] = [];
  const at = SENT_AT + 3 * DAY + 30 * 60_000;
  await run(disk, { got, startsAt: at }, HOUR);
  expect(got).toEqual([]);
  const spring = disk.campaigns.get("spring")!;
  const given = { by: "1002", at, of: approvable(spring) };
  disk.campaigns.set("spring", { ...spring, approval: { given } });
  await run(disk, { got, startsAt: at }, 20 * 60_000);
  expect(got).toEqual([wanted[0]]);
  await run(disk, { got, startsAt: at + DAY }, HOUR);
  expect(got).toEqual(wanted);
  const followUp = disk.campaigns.get("spring-follow-up-1")!;
  expect([followUp.lists.length, lacksApproval(followUp)]).toEqual([3, false]);
});

test("an answer or a stop that comes between the two ends it, and so do a pause, a cancel and a restore", async () => {
  const at = SENT_AT + 4 * DAY;
  const disk = world();
  const got: string[] = [];
  await run(disk, { got, startsAt: at }, HOUR);
  disk.answers.put(answerBy("p0", at + 2 * HOUR, 2));
  disk.suppressed.set("p3", "optedOut");
  await run(disk, { got, startsAt: at + 5 * DAY }, HOUR);
  expect(got).toEqual(wanted);
  const held: Partial<Campaign>[] = [
    { followUpsCancelled: { by: "1001", at } },
    { restored: { madeAt: 1, at } },
  ];
  for (const more of held) {
    const other: string[] = [];
    await run(world(more), { got: other, startsAt: at }, HOUR);
    expect(other).toEqual([]);
  }
  const paused = world();
  paused.campaigns.set("spring", {
    ...paused.campaigns.get("spring")!,
    status: "paused",
    pause: { kind: "operator" },
  });
  await run(paused, { got: [], startsAt: at }, HOUR);
  expect(paused.campaigns.size).toBe(1);
});

test.each<[string, Partial<Campaign>]>([
  ["paused", { status: "paused", pause: { kind: "operator" } }],
  ["cancelled", { status: "cancelled" }],
])(
  "no second one goes out once the first campaign is %s, whatever became of the one between",
  async (_, more) => {
    const disk = world();
    const got: string[] = [];
    await run(disk, { got, startsAt: SENT_AT + 4 * DAY }, HOUR);
    disk.campaigns.set("spring", { ...disk.campaigns.get("spring")!, ...more });
    await run(disk, { got, startsAt: SENT_AT + 9 * DAY }, HOUR);
    expect(got).toEqual(wanted);
  },
);

test("a follow-up under way ends with the campaign that it follows", async () => {
  const disk = world();
  const at = SENT_AT + 4 * DAY;
  await run(disk, { got: [], startsAt: at }, HOUR);
  const child = disk.campaigns.get("spring-follow-up-1")!;
  disk.campaigns.set(child.id, { ...child, status: "paused", pause: { kind: "operator" } });
  disk.campaigns.set("spring", { ...disk.campaigns.get("spring")!, status: "cancelled" });
  await run(disk, { got: [], startsAt: at + DAY }, HOUR);
  expect(disk.campaigns.get(child.id)?.status).toBe("cancelled");
});

test("wherever the process dies, nobody gets a follow-up twice and nobody is lost", async () => {
  let cases = 0;
  for (let k = 1, hasDied = true; hasDied; k++) {
    const disk = world({ followUps: [{ afterDays: 3, message: "Still there?" }] });
    const got: string[] = [];
    let seen = 0;
    const effect: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
    const life = live(disk, { got, effect, startsAt: SENT_AT + 3 * DAY });
    void life.engine.recover().catch(() => undefined);
    life.watch.start();
    await life.clock.advance(5 * HOUR);
    hasDied = seen >= k;
    await run(disk, { got, startsAt: SENT_AT + 4 * DAY }, HOUR);
    const twice = got.filter((one, at) => got.indexOf(one) !== at);
    expect([k, twice]).toEqual([k, []]);
    expect(got.every((one) => wanted.includes(one))).toBe(true);
    const ledger = (await live(disk, { got: [] }).engine.find("spring-follow-up-1"))?.ledger;
    const counts = await ledger?.counts();
    // Who was cut off in the call may have it and is uncertain; everybody else who was due has it.
    expect([k, (counts?.sent ?? 0) + (counts?.uncertain ?? 0)]).toEqual([k, 2]);
    cases++;
  }
  expect(cases).toBeGreaterThan(10);
});

test("who may only have got the first follow-up is left alone by the second", async () => {
  const disk = world();
  const got: string[] = [];
  await run(disk, { got, startsAt: SENT_AT + 4 * DAY, lostTo: "p0" }, HOUR);
  await run(disk, { got, startsAt: SENT_AT + 9 * DAY }, HOUR);
  expect(got).toEqual([...wanted, "two to p3: Last word"]);
});

test("waits for an account that was left out, says so, and goes through that one alone once it is back", async () => {
  const disk = world({ accounts: accounts.slice(0, 1), formerAccounts: ["two"] });
  const got: string[] = [];
  const at = SENT_AT + 4 * DAY;
  await run(disk, { got, startsAt: at }, HOUR);
  expect(got).toEqual([wanted[0]]);
  const child = disk.campaigns.get("spring-follow-up-1")!;
  const waits = [{ name: "two", trouble: "leftOut" }];
  expect(child).toMatchObject({ status: "paused", pause: { kind: "noAccount", accounts: waits } });
  disk.campaigns.set(child.id, { ...child, accounts });
  await run(disk, { got, startsAt: at + HOUR }, HOUR);
  expect(got).toEqual(wanted);
  expect(disk.campaigns.get(child.id)?.status).toBe("finished");
});

/** p0 has the follow-up; p3, who joined it as well, is to get it the next day. */
async function joinedAndWaiting(got: string[]): Promise<MemoryDisk> {
  const disk = world({ accounts: [{ name: "one", caps: { perDay: 1 } }] });
  const journal = disk.journals
    .get("spring")!
    .map((entry) => ("a" in entry ? { ...entry, a: "one" } : entry));
  disk.journals.set("spring", journal);
  await run(disk, { got, startsAt: SENT_AT + 4 * DAY }, HOUR);
  expect(got).toEqual([wanted[0]]);
  return disk;
}

test("while the first is paused nobody who joined is written to, and a minute after it goes on they are", async () => {
  const got: string[] = [];
  const disk = await joinedAndWaiting(got);
  const spring = disk.campaigns.get("spring")!;
  disk.campaigns.set("spring", { ...spring, status: "paused", pause: { kind: "operator" } });
  const { clock, engine } = live(disk, { got, startsAt: SENT_AT + 5 * DAY });
  void engine.recover();
  await clock.advance(HOUR);
  expect(got).toHaveLength(1);
  const child = () => disk.campaigns.get("spring-follow-up-1");
  const { pausedAt } = child() ?? {};
  expect(child()).toMatchObject({ pause: { kind: "firstPaused", campaignId: "spring" } });
  await clock.advance(HOUR);
  expect(child()?.pausedAt).toBe(pausedAt);
  disk.campaigns.set("spring", spring);
  await clock.advance(60_000);
  expect(got).toEqual([wanted[0], "one to p3: Still there?"]);
  expect(child()?.status).toBe("finished");
  await engine.stop(0);
});

test("a cancel of the first leaves out whoever joined and was not written to, before anybody has to be told of it", async () => {
  const got: string[] = [];
  const disk = await joinedAndWaiting(got);
  disk.campaigns.set("spring", { ...disk.campaigns.get("spring")!, status: "cancelled" });
  const { clock, engine, watch } = live(disk, { got, startsAt: SENT_AT + 5 * DAY });
  void engine.recover();
  await clock.advance(HOUR);
  watch.start();
  await clock.advance(HOUR);
  expect(got).toHaveLength(1);
  expect(disk.campaigns.get("spring-follow-up-1")?.status).toBe("cancelled");
  const counts = await (await engine.find("spring-follow-up-1"))?.ledger.counts();
  expect(counts).toMatchObject({ planned: 0, sent: 1 });
  await Promise.all([watch.stop(), engine.stop(0)]);
});
