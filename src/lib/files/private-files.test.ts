import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyPrivately } from "./private-files.ts";

test.skipIf(process.platform === "win32")(
  "a copy is its user's alone to read and to write, whatever the mode of the original",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "peyk-private-"));
    const [from, to] = [join(folder, "from"), join(folder, "to")];
    await writeFile(from, "kept");
    for (const mode of [0o400, 0o644]) {
      await chmod(from, mode);
      await copyPrivately(from, to);
      expect([(await stat(to)).mode & 0o777, await readFile(to, "utf8")]).toEqual([0o600, "kept"]);
    }
    await rm(folder, { recursive: true });
  },
);
