/**
 * One sender, whoever wakes up. A process halts (a closed laptop, a frozen container) at every moment of a campaign, its
 * folder changes hands, and it wakes: from then on it may write nothing and send nothing.
 */
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChannelManifest } from "../../src/channels/channel.ts";
import { openCore } from "../../src/composition/core.ts";
import { openLogFile } from "../../src/lib/log/log-file.ts";
import { SNAPSHOT_FILE } from "../../src/storage/files/ledger/fold-snapshot.ts";
import type { Lease } from "../../src/storage/files/folder/lease.ts";
import { LeaseTakenError, openLease } from "../../src/storage/files/folder/lease.ts";
import type { TestProcess } from "../support/engine-bench.ts";
import { startProcess } from "../support/engine-bench.ts";
import { everyMoment } from "../support/every-moment.ts";
import { openFileStores, putListFile } from "../support/file-stores.ts";
import type { ScriptedChannelOptions } from "../support/scripted/scripted-channel.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { createScriptedChannel } from "../support/scripted/scripted-channel.ts";

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "reading back": { readsBack: true },
  neither: {},
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "peyk-stale-"));
});

afterEach(() => rm(root, { recursive: true }));

/** Brings a process to a halt at its k-th effect, until it is woken. */
class Halt {
  readonly #k: number;
  #seen = 0;
  wake: () => void = () => undefined;
  readonly #woken = new Promise<void>((resolve) => (this.wake = resolve));

  constructor(k: number) {
    this.#k = k;
  }

  get hasCome(): boolean {
    return this.#seen >= this.#k;
  }

  readonly effect = async (): Promise<void> => {
    if (++this.#seen >= this.#k) await this.#woken;
  };
}

/** A process that halts around every sync and before it hears an answer; a call under way can't be taken back. */
async function start(
  dataDir: string,
  lease: Lease,
  people: ScriptedChannelOptions,
  halt = new Halt(Infinity),
) {
  const beforeWrite = (): void => lease.assertHeld();
  const disk = {
    beforeWrite,
    openFile: async (path: string) => {
      const file = await openLogFile(path);
      return { ...file, sync: () => halt.effect().then(halt.effect) };
    },
  };
  const clock = createVirtualClock();
  const stores = await openFileStores(dataDir, disk, clock);
  const channel = createScriptedChannel({
    ...people,
    effect: (name) => (name === "after call" ? halt.effect() : Promise.resolve()),
  });
  const process = startProcess({ channel, stores, clock, concurrency: 2 });
  return { ...process, channel };
}

function isOver({ events }: TestProcess): boolean {
  const last = events.findLast((event) => event.kind === "status");
  return last?.kind === "status" && (last.status === "finished" || last.pause?.kind === "storage");
}

async function runUntil(process: TestProcess, isTrue: () => boolean): Promise<void> {
  const poll = async (): Promise<void> => {
    while (!isTrue()) await turn();
  };
  await process.clock.runUntil(poll());
}

async function stop({ clock, engine }: TestProcess): Promise<void> {
  await clock.runUntil(engine.stop(0));
}

/**
 * Every file below a folder with what it holds, but for snapshots: one that was being written when the folder changed hands
 * may come late, and does no harm, for it is of the journal as it was or it is ignored.
 */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (one) => one.isFile() && !one.name.startsWith(SNAPSHOT_FILE),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, "utf8")] as const)),
  );
}

interface People extends ScriptedChannelOptions {
  readonly inbox: Map<string, number>;
}

/** Starts a campaign and halts; answers what is needed to see what the process does when it wakes. */
async function haltAt(k: number, dataDir: string, people: People) {
  const campaign = await putListFile(dataDir, 4);
  const lease = await openLease(dataDir, systemClock);
  const halt = new Halt(k);
  const sleeper = await start(dataDir, lease, people, halt);
  const failed = { toStart: false };
  void sleeper.engine.start(campaign).catch(() => (failed.toStart = true));
  await runUntil(sleeper, () => halt.hasCome || isOver(sleeper));
  // The name that the kernel keeps does not reach another machine.
  await lease[Symbol.asyncDispose]();
  return { halt, sleeper, failed };
}

/** The process wakes up, and its operator presses what there is. */
async function wake(
  { halt, sleeper, failed }: Awaited<ReturnType<typeof haltAt>>,
  dataDir: string,
): Promise<void> {
  const [calls, content] = [sleeper.channel.calls.length, await contentOf(dataDir)];
  halt.wake();
  await runUntil(sleeper, () => failed.toStart || isOver(sleeper));
  const open = await sleeper.engine.find("spring").catch(() => undefined);
  await open?.resume().catch(() => undefined);
  await stop(sleeper);
  expect(sleeper.channel.calls).toHaveLength(calls);
  expect(await contentOf(dataDir)).toEqual(content);
}

for (const [className, manifest] of Object.entries(classes)) {
  test(`a process that wakes when another went on can't claim or send, through a channel with ${className}`, async () => {
    const cases = await everyMoment(async (k) => {
      const dataDir = join(root, String(k));
      const people: People = { manifest, inbox: new Map(), keys: new Set() };
      const halted = await haltAt(k, dataDir, people);
      await using lease = await openLease(dataDir, systemClock);
      const next = await start(dataDir, lease, people);
      if (halted.halt.hasCome) {
        await next.clock.runUntil(next.engine.recover());
        await runUntil(next, () => isOver(next));
        await stop(next);
        await wake(halted, dataDir);
      }
      await stop(halted.sleeper);
      expect(Math.max(...people.inbox.values())).toBe(1);
      return halted.halt.hasCome;
    }, 2);
    expect(cases).toBeGreaterThan(6);
  });

  test(`nor when an older copy was put in the place of its folder, through a channel with ${className}`, async () => {
    const cases = await everyMoment(async (k) => {
      const [dataDir, backup] = [join(root, String(k)), join(root, `backup-${k}`)];
      await (await openLease(dataDir, systemClock))[Symbol.asyncDispose]();
      await cp(dataDir, backup, { recursive: true });
      const people: People = { manifest, inbox: new Map(), keys: new Set() };
      const halted = await haltAt(k, dataDir, people);
      await cp(backup, dataDir, { recursive: true });
      if (halted.halt.hasCome) await wake(halted, dataDir);
      await stop(halted.sleeper);
      return halted.halt.hasCome;
    }, 2);
    expect(cases).toBeGreaterThan(6);
  });
}

test("a restored copy can't be opened while the newer data is in use, and the newer goes on", async () => {
  const settings = { dataDir: join(root, "data"), timeZone: "UTC", maxPerAccount: 4 };
  const copy = { ...settings, dataDir: join(root, "copy") };
  const log = { error: (message: string) => expect.fail(message) };
  await (await openCore(settings, log)).close();
  await cp(settings.dataDir, copy.dataDir, { recursive: true });
  const newer = await openCore(settings, log);
  await expect(openCore(copy, log)).rejects.toThrow(LeaseTakenError);
  expect(newer.beforeWrite).not.toThrow();
  await newer.close();
});
