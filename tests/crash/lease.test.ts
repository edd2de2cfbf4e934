/** The lease between real processes: held while its holder lives or is stopped, free the moment it is killed. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { LeaseTakenError, openLease } from "../../src/storage/files/folder/lease.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { compile } from "../support/runner/compiled.ts";

let compiled: Compiled;
let folder: string;
let data: string;
let holder: ChildProcess;

beforeAll(async () => {
  compiled = await compile("storage/files/folder/lease.ts");
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lease-"));
  data = join(folder, "data");
  holder = await startHolder();
});

afterEach(async () => {
  holder.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

/** Starts a process that takes the lease, says so, and stays. */
async function startHolder(): Promise<ChildProcess> {
  const program = `
    const { openLease } = await import(${JSON.stringify(pathToFileURL(compiled.path).href)});
    const lease = await openLease(${JSON.stringify(data)}, { now: Date.now });
    process.stdout.write("epoch " + lease.epoch);
    setInterval(() => lease.assertHeld(), 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout) await once(child.stdout, "data");
  return child;
}

test("refuses a second process and names the first", async () => {
  const opening = openLease(data, systemClock);
  await expect(opening).rejects.toThrow(LeaseTakenError);
  const line = `Another Peyk (process ${holder.pid}) is using ${data}/. Stop it first.`;
  await expect(opening).rejects.toThrow(line);
});

test("stays taken while its holder is stopped", async () => {
  holder.kill("SIGSTOP");
  await expect(openLease(data, systemClock)).rejects.toThrow(LeaseTakenError);
});

test("is free as soon as its holder was killed", async () => {
  const ended = once(holder, "exit");
  holder.kill("SIGKILL");
  await ended;
  await using lease = await openLease(data, systemClock);
  expect(lease.epoch).toBe(2);
});

test("refuses a copy of the folder while the original is in use", async () => {
  const copy = join(folder, "restored");
  await cp(data, copy, { recursive: true });
  await expect(openLease(copy, systemClock)).rejects.toThrow(LeaseTakenError);
});

test("doesn't keep a process alive", async () => {
  const other = JSON.stringify(join(folder, "other"));
  const program = `
    const { openLease } = await import(${JSON.stringify(pathToFileURL(compiled.path).href)});
    await openLease(${other}, { now: Date.now });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: "inherit" });
  expect(await once(child, "exit")).toEqual([0, null]);
});
