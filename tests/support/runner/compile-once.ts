/**
 * Compiles the program once a test run, into a folder beside `dist`, for whichever suite asks first; the others wait. A
 * run of unit tests alone compiles nothing.
 */
import { execFile } from "node:child_process";
import { access, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { gatherIn } from "./gather.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder that the program is compiled into. */
    compiledTo: string;
  }
}

const root = join(import.meta.dirname, "../../..");

/** Vitest's global set-up: makes the folder, and removes it when the run is over. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(root, "build-tests-"));
  project.provide("compiledTo", folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Resolves when the program is compiled into the folder; throws what the compiler says. */
export async function compileInto(folder: string): Promise<void> {
  const outcome = join(folder, ".outcome");
  if (await isFirst(folder)) await writeFile(outcome, await compile(folder));
  while (!(await exists(outcome))) await pause(50);
  const problem = await readFile(outcome, "utf8");
  if (problem !== "") throw new Error(problem);
}

async function isFirst(folder: string): Promise<boolean> {
  try {
    const handle = await open(join(folder, ".begun"), "wx");
    await handle.close();
    return true;
  } catch {
    return false;
  }
}

async function compile(outDir: string): Promise<string> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const run = promisify(execFile)(
    process.execPath,
    [
      tsc,
      "-p",
      "tsconfig.build.json",
      "--noCheck",
      "--declaration",
      "false",
      "--sourceMap",
      "false",
      "--outDir",
      outDir,
    ],
    { cwd: root },
  );
  return run
    .then(() => gatherIn(outDir))
    .then(
      () => "",
      (error: unknown) =>
        error instanceof Error && "stdout" in error ? String(error.stdout) : String(error),
    );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
