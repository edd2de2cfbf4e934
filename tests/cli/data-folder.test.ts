/** A data folder that can't be made or written is told in one sentence of the reader's, and ends the command. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { programParts } from "../../src/composition/command-line.ts";
import { withoutDirectionMarks } from "../../src/lib/text/direction-marks.ts";

const told = {
  en: (path: string) => `The data folder ${path} can't be made or written (`,
  fa: (path: string) => `پوشهٔ داده‌ها (${path}) ساخته نمی‌شود یا نمی‌شود در آن نوشت (`,
};

async function sendWith(dataDir: string, language: string, list: string) {
  const said = { out: "", err: "" };
  const parts = programParts({
    env: { DATA_DIR: dataDir, PEYK_LANG: language },
    out: { write: (text) => void (said.out += text) },
    err: { write: (text) => void (said.err += text) },
    interrupted: new AbortController().signal,
  });
  const words = ["send", "--list", list, "--message", "Hello", "--channel", "simulator"];
  return { code: await runProgram(words, parts), ...said };
}

test("says that the data folder can't be made, in one line of the reader's language, and ends", async () => {
  const top = await mkdtemp(join(tmpdir(), "peyk-folder-"));
  const list = join(top, "list.txt");
  await writeFile(list, "ali_1\n");
  await symlink(join(top, "nowhere"), join(top, "link"));
  await symlink(join(top, "loop"), join(top, "loop"));
  const places = [
    list,
    join(list, "below"),
    join(top, "link"),
    join(top, "loop"),
    join(top, "x".repeat(300)),
  ];
  // Below /proc the system says ENOENT although the parent is there.
  if (process.platform === "linux") places.push("/proc/nope", "/proc/nope/deeper");
  for (const place of places)
    for (const language of ["en", "fa"] as const) {
      const { code, err } = await sendWith(place, language, list);
      expect([place, code]).toEqual([place, 1]);
      expect(withoutDirectionMarks(err)).toContain(told[language](place));
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  await rm(top, { recursive: true });
});
