import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { isGone, markOfThisProcess } from "./process-mark.ts";

const isLinux = process.platform === "linux";

test.skipIf(!isLinux)("a process that ended is gone, one that runs or is stopped is not", async () => {
  const own = (await markOfThisProcess()) ?? "";
  expect(await isGone(own)).toBe(false);
  const child = spawn("sleep", ["60"]);
  const [, place = "", started = ""] = /^(.*) \d+ (\d+)$/.exec(own) ?? [];
  // Another process of our number began at another time.
  expect(await isGone(`${place} ${process.pid} ${Number(started) + 1}`)).toBe(true);
  child.kill("SIGSTOP");
  const ofChild = `${place} ${child.pid} ${await startOf(child.pid)}`;
  expect(await isGone(ofChild)).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await isGone(ofChild)).toBe(true);
});

test("nothing is said of a process of another machine, of another user, or of none", async () => {
  const own = (await markOfThisProcess()) ?? "";
  expect(await isGone(own.replace(/^\S+/, "another-boot").replace(/\d+ \d+$/, "1 1"))).toBe(false);
  expect(await isGone("no mark")).toBe(false);
});

async function startOf(pid: number | undefined): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
