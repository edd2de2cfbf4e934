import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFolder, syncFolder } from "./sync-folder.ts";

test("creates a folder with its parents, and again without complaint", async () => {
  const top = mkdtempSync(join(tmpdir(), "sync-folder-"));
  await createFolder(join(top, "a", "b", "c"));
  await createFolder(join(top, "a", "b", "c"));
  await createFolder(join(top, "a", "b", "d"));
  expect(existsSync(join(top, "a", "b", "c"))).toBe(true);
  expect(existsSync(join(top, "a", "b", "d"))).toBe(true);
  rmSync(top, { recursive: true });
});

test.skipIf(process.platform === "win32")("can't sync a folder that isn't there", async () => {
  await expect(syncFolder(join(tmpdir(), "no-such-folder-here"))).rejects.toThrow("ENOENT");
});
