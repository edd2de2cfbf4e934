/**
 * Breaks promises on purpose, one after another in a copy of the program, and runs the tests that must turn red:
 * `npm run mutate`, or `npm run mutate -- claim lease` for those whose words hold one of these. Exits with 1 when one stays
 * green, or no longer fits the code.
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { mutations } from "./mutations/all.ts";
import type { Mutation } from "./mutations/mutation.ts";

/** Compiled, this file is in `build/kill/scripts`. */
const root = join(import.meta.dirname, "../../..");
const copied = ["src", "tests", "public", "locales", "docs", "package.json", "vitest.config.ts"];
const compilerOptions = ["tsconfig.json", "tsconfig.build.json"];
const run = promisify(execFile);

const report = z.object({ numFailedTests: z.int(), numTotalTests: z.int(), numFailedTestSuites: z.int() });

type Outcome = { readonly isRed: boolean; readonly says: string };

const words = process.argv.slice(2);
const chosen = mutations.filter(
  ({ what }) => words.length === 0 || words.some((word) => what.includes(word)),
);
const copy = await mkdtemp(join(root, "build-mutated-"));
try {
  for (const name of [...copied, ...compilerOptions])
    await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const mutation of chosen) {
    const { isRed, says } = await tried(mutation);
    if (!isRed) process.exitCode = 1;
    process.stdout.write(`${isRed ? "red  " : "GREEN"} ${mutation.what}: ${says}\n`);
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function tried(mutation: Mutation): Promise<Outcome> {
  const { file, from, to, seenBy } = mutation;
  const path = join(copy, "src", file);
  const before = await readFile(path, "utf8");
  if (before.split(from).length !== 2) return { isRed: false, says: `${file} is another one by now` };
  await writeFile(
    path,
    before.replace(from, () => to),
  );
  try {
    return seenBy === "types" ? await compiled() : await tested(seenBy);
  } finally {
    await writeFile(path, before);
  }
}

async function compiled(): Promise<Outcome> {
  const tsc = join("node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", "tsconfig.build.json", "--noEmit"];
  const problem = await run(process.execPath, args, { cwd: copy }).then(
    () => "",
    (error: unknown) => String(error),
  );
  return { isRed: problem !== "", says: problem === "" ? "it compiles" : "it does not compile" };
}

async function tested(files: readonly string[]): Promise<Outcome> {
  const told = join(copy, "told.json");
  const vitest = join("node_modules", "vitest", "vitest.mjs");
  const reporter = ["--reporter=json", `--outputFile=${told}`];
  await run(process.execPath, [vitest, "run", ...files, ...reporter], { cwd: copy }).catch(() => undefined);
  const { numFailedTests, numTotalTests, numFailedTestSuites } = report.parse(
    JSON.parse(await readFile(told, "utf8")),
  );
  await rm(told);
  const isRed = numFailedTests > 0 && numFailedTestSuites > 0;
  return { isRed, says: `${numFailedTests} of ${numTotalTests} tests` };
}
