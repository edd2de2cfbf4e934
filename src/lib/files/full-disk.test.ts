import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FullDisk, hasRoom, saysFull } from "./full-disk.ts";

test("knows a full disk and a used up quota by what the system says, and nothing else", () => {
  expect(saysFull("a.json can't be written: ENOSPC: no space left on device, write")).toBe(true);
  expect(saysFull("EDQUOT: disk quota exceeded")).toBe(true);
  expect(saysFull("EIO: i/o error")).toBe(false);
});

test("tells a full disk once, and once more after there was room", () => {
  const disk = new FullDisk();
  const problems = ["ENOSPC, one", "EIO", "ENOSPC, two"];
  expect(problems.map((one) => disk.sees(one))).toEqual(["first", "other", "again"]);
  expect([disk.over(), disk.over()]).toEqual([true, false]);
  expect(disk.sees("ENOSPC, three")).toBe("first");
});

test("finds room by writing, and leaves nothing behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-room-"));
  try {
    expect([await hasRoom(folder), await hasRoom(join(folder, "absent"))]).toEqual([true, false]);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
