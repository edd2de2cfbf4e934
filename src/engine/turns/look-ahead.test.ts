import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import type { Channel } from "../../channels/channel.ts";

const looksUp = { looksUp: true, lookUpBatch: 10 };

async function run(names: number, lookUp: NonNullable<Channel["lookUp"]>, concurrency = 4) {
  const channel = createScriptedChannel({ manifest: looksUp, abilities: { lookUp } });
  const process = startProcess({ channel, concurrency });
  await process.engine.start(putCampaign(process.disk, { names }));
  return { ...process, channel };
}

test("looks everybody up in whole batches, nobody twice and nobody after they were written to", async () => {
  const asked: string[][] = [];
  const { clock, channel } = await run(25, async (names) => {
    for (const name of names) expect(channel.inbox.has(name)).toBe(false);
    asked.push([...names]);
    return new Set();
  });
  await clock.runUntilIdle();
  expect(asked.map((names) => names.length)).toEqual([10, 10, 5]);
  expect(new Set(asked.flat()).size).toBe(25);
  expect(channel.inbox.size).toBe(25);
});

test("asks about nobody who is not written to soon", async () => {
  let asked = 0;
  const channel = createScriptedChannel({
    manifest: looksUp,
    abilities: { lookUp: async (names) => ((asked += names.length), new Set()) },
  });
  const { engine, disk, clock } = startProcess({ channel });
  const accounts = [{ name: "one", caps: { perDay: 8 } }];
  await engine.start(putCampaign(disk, { names: 1000, accounts }));
  await clock.advance(3_600_000);
  expect(channel.inbox.size).toBe(8);
  expect(asked).toBe(20);
});

test("asks about nobody on the do-not-send list, and about the others no sooner for it", async () => {
  const asked: string[] = [];
  const channel = createScriptedChannel({
    manifest: looksUp,
    abilities: { lookUp: async (names) => (asked.push(...names), new Set()) },
  });
  const { engine, disk, clock } = startProcess({ channel });
  for (let index = 0; index < 1000; index += 2) disk.suppressed.set(`p${index}`, "suppressed");
  await engine.start(putCampaign(disk, { names: 1000, accounts: [{ name: "one", caps: { perDay: 8 } }] }));
  await clock.advance(3_600_000);
  expect(channel.inbox.size).toBe(8);
  expect(asked.filter((name) => disk.suppressed.has(name))).toEqual([]);
  expect(asked).toHaveLength(20);
});

test("sends all the same when nobody can be looked up", async () => {
  const { clock, channel } = await run(25, () => Promise.reject(new Error("503")));
  await clock.runUntilIdle();
  expect(channel.inbox.size).toBe(25);
});

test("sends all the same when an answer never comes", async () => {
  const { clock, channel } = await run(25, () => new Promise(() => undefined));
  await clock.advance(3_600_000);
  expect(channel.inbox.size).toBe(25);
});

test("claims nobody when it is paused while it looks names up", async () => {
  let answer: ((missing: ReadonlySet<string>) => void) | undefined;
  const looked = new Promise<ReadonlySet<string>>((resolve) => (answer = resolve));
  const { engine, clock, channel } = await run(25, () => looked);
  await clock.advance(1000);
  const open = await engine.find("spring");
  await open!.pause();
  answer?.(new Set());
  await clock.advance(10_000);
  expect(channel.calls).toEqual([]);
  expect(await open!.ledger.counts()).toMatchObject({ planned: 25 });
});

test("asks nothing beforehand where names can only be asked about one by one", async () => {
  let asked = 0;
  const lookUp = async () => (asked++, new Set<string>());
  const channel = createScriptedChannel({ manifest: { looksUp: true }, abilities: { lookUp } });
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 5 }));
  await clock.runUntilIdle();
  expect([asked, channel.inbox.size]).toEqual([0, 5]);
});
