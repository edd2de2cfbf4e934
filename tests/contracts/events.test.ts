import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { FileEventLog } from "../../src/storage/files/events/event-log.ts";
import { openEventLog } from "../../src/storage/files/events/event-log.ts";
import { NewestEvents } from "../../src/storage/files/events/newest-events.ts";
import type { Happening } from "./events.ts";
import { eventsContract } from "./events.ts";

const isEvent = (value: unknown): value is Happening =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "it";

async function harnessIn(folder: string) {
  let opened: FileEventLog<Happening> | undefined;
  const crashed: FileEventLog<Happening>[] = [];
  const parts = { isEvent, clock: systemClock, onProblem: (error: Error) => Promise.reject(error) };
  const open = async () =>
    (opened = await openEventLog(join(folder, "events"), { ...parts, fullBytes: 200 }));
  const reopen = async () => {
    await opened?.[Symbol.asyncDispose]();
    return open();
  };
  return {
    open: reopen,
    reopen,
    /** What dies leaves the end of its file as it is; its handle is closed with the harness. */
    crash: () => {
      if (opened) crashed.push(opened);
      return open();
    },
    more: 12,
    async [Symbol.asyncDispose]() {
      for (const log of [opened, ...crashed]) await log?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

const folder = () => mkdtemp(join(tmpdir(), "peyk-events-"));

eventsContract("files", async () => harnessIn(await folder()));

eventsContract("memory", async () => {
  const log = new NewestEvents<Happening>();
  return { open: async () => log, more: 20_001, [Symbol.asyncDispose]: async () => undefined };
});

test("half a line that a crash left hides no other, and an event of a later version is passed over", async () => {
  const path = await folder();
  await using harness = await harnessIn(path);
  const log = await harness.open();
  const start = await log.last();
  await log.append({ kind: "it", at: 1 });
  await harness.reopen();
  await appendFile(join(path, "events.jsonl"), '{"n":9007199254740990,"e":{"kind":"news"}}\n{"n":5,"e":{"ki');
  const again = await harness.reopen();
  await again.append({ kind: "it", at: 2 });
  const { events } = await (await harness.reopen()).read(start, 10);
  expect(events.map(({ event }) => event.at)).toEqual([1, 2]);
});

test("says that something was cut off until that was told, whoever opens and closes it in between", async () => {
  const path = await folder();
  await using harness = await harnessIn(path);
  const first = await harness.open();
  first.madeWhole();
  await first.append({ kind: "it", at: 1 });
  expect((await harness.reopen()).wasCut).toBe(false);
  expect((await harness.crash()).wasCut).toBe(true);
  const after = await harness.reopen();
  expect(after.wasCut).toBe(true);
  after.madeWhole();
  expect((await harness.reopen()).wasCut).toBe(false);
});

test("keeps what could not be written and writes it, once, with what comes next", async () => {
  const path = await folder();
  let isFull = true;
  const problems: Error[] = [];
  await using log = await openEventLog<Happening>(join(path, "events"), {
    isEvent,
    clock: systemClock,
    beforeWrite: () => {
      if (isFull) throw new Error("no space");
    },
    onProblem: (error) => problems.push(error),
  });
  const start = await log.last();
  await log.append({ kind: "it", at: 1 });
  await expect(log.sync()).rejects.toThrow("no space");
  isFull = false;
  await log.append({ kind: "it", at: 2 });
  await log.sync();
  await using other = await openEventLog<Happening>(join(path, "events"), {
    isEvent,
    clock: systemClock,
    onProblem: () => undefined,
  });
  expect((await other.read(start, 10)).events.map(({ event }) => event.at)).toEqual([1, 2]);
  await rm(path, { recursive: true });
});
