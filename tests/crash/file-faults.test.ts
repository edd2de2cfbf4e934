/**
 * The whole engine on real files whose disk fails at every write and every sync of the journal in turn: torn lines,
 * power cuts that lose what was not synced, and no space left. The channel's own inbox judges, and no call may go out
 * whose claim a power cut could still take away.
 */
import { afterAll, describe, expect, test } from "vitest";
import type { ChannelManifest } from "../../src/channels/channel.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import { everyMoment, shareDay } from "../support/every-moment.ts";
import type { DiskFault } from "../support/failing-disk.ts";
import type { FileWorld, Life } from "../support/file-world.ts";
import { createFileWorld } from "../support/file-world.ts";
import { lostNo, lostYes } from "../support/scripted/scripted-channel.ts";

const NAMES = 4;
/** Every third moment, each day others. */
const SHARE = 3;

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "reading back": { readsBack: true },
  neither: {},
  "a wait before its call": { waitsBeforeCall: true },
};

const settlesDoubts = ({ honoursDedupKey, readsBack }: Partial<ChannelManifest>): boolean =>
  honoursDedupKey === true || readsBack === true;

const deaths: Record<string, DiskFault> = {
  "a line is torn and the process killed": "torn",
  "the process is killed before it hears of it": "unheard",
  "the power goes and nothing unsynced is left": "powerCut",
  "the power goes and half of what was unsynced is left": "powerCutHalf",
};

const shortages: Record<string, DiskFault> = {
  "the journal": "fullForLogs",
  "the journal or anything else": "full",
};

/** Cases, told at the end. */
const covered = { cases: 0 };

afterAll(() =>
  console.log(`file faults, day ${shareDay}: ${covered.cases} cases, each judged by the channel's own inbox`),
);

const worldOf = (manifest: Partial<ChannelManifest>): Promise<FileWorld> =>
  createFileWorld({ names: NAMES, manifest, firstTurns: { p1: lostYes, p2: lostNo } });

async function judge(world: FileWorld, canSettle: boolean): Promise<void> {
  const { inbox, unclaimed } = world;
  const { status, counts, rows } = await world.outcome();
  const inState = (state: string) =>
    rows.filter((row) => row.state === state).map(({ username }) => username);
  expect(status).toBe("finished");
  expect(unclaimed).toEqual([]);
  expect(Math.max(0, ...inbox.values())).toBeLessThanOrEqual(1);
  expect(importedTotal(counts)).toBe(NAMES);
  expect(counts.sent + counts.uncertain).toBe(NAMES);
  expect(inState("sent").filter((name) => !inbox.has(name))).toEqual([]);
  if (canSettle) expect([counts.sent, inbox.size]).toEqual([NAMES, NAMES]);
}

describe("nobody is messaged twice or forgotten, whichever write or sync it is at which", () => {
  for (const [deathName, fault] of Object.entries(deaths))
    for (const [className, manifest] of Object.entries(classes))
      for (const again of ["once", "and once more while it recovers"])
        test(`${deathName} ${again}, through a channel with ${className}`, async () => {
          const cases = await everyMoment(async (at) => {
            await using world = await worldOf(manifest);
            const { disk } = await world.live({ fault, at });
            if (again !== "once") await world.live({ fault, at: 1 + (at % 5) });
            await world.live();
            await judge(world, settlesDoubts(manifest));
            return disk.isDead;
          }, SHARE);
          expect(cases).toBeGreaterThan(3);
          covered.cases += cases;
        });
});

describe("nothing is sent that could not be recorded, whichever write or sync it is at which", () => {
  for (const [what, fault] of Object.entries(shortages))
    for (const [className, manifest] of Object.entries(classes))
      for (const [how, goOn] of Object.entries({ resume, restart }))
        test(`there is no space left for ${what}, until a ${how}, through a channel with ${className}`, async () => {
          const cases = await everyMoment(async (at) => {
            await using world = await worldOf(manifest);
            const life = await world.live({ fault, at });
            const wasFull = life.disk.hasFailed;
            if (wasFull) await goOn(world, life);
            await judge(world, settlesDoubts(manifest));
            return wasFull;
          }, SHARE);
          expect(cases).toBeGreaterThan(3);
          covered.cases += cases;
        });
});

/** Space is back and the operator lets the campaign go on. */
async function resume(world: FileWorld, life: Life): Promise<void> {
  if (life.failedToBegin) return restart(world, life);
  expect(life.status).toBe("paused storage");
  life.disk.freeSpace();
  const open = await life.process.engine.find("spring");
  expect(await open?.resume()).toBeUndefined();
  await life.runToRest();
}

/** Space is back and the process was started anew. */
async function restart(world: FileWorld, life: Life): Promise<void> {
  await life[Symbol.asyncDispose]();
  const next = await world.live();
  if (next.status !== "paused storage") return;
  expect(await (await next.process.engine.find("spring"))?.resume()).toBeUndefined();
  await next.runToRest();
}
