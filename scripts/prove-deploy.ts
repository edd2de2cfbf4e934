/**
 * Proves what stands in `deploy/` as far as a machine without a container engine can: `npm run prove:deploy`. The Dockerfile's
 * steps are carried out in folders, and what they make works on a real PostgreSQL and stops when it is told to; compose.yaml
 * is held to the schema of the Compose specification; systemd reads its units. Says what it can't prove.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { Stage } from "../tests/deploy/dockerfile.ts";
import { readDockerfile } from "../tests/deploy/dockerfile.ts";
import { endWithUs } from "../tests/support/end-with-us.ts";
import { startPostgres } from "../tests/support/postgres/postgres.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const deploy = join(root, "deploy");

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

/** Where the stage's `/` is, and what is set in it. */
interface Built {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly start: readonly string[];
}

/** Carries out the steps of each stage in a folder; what touches anything outside of the working directory is left out, and told. */
async function buildIn(folder: string): Promise<Built> {
  const stages = readDockerfile(await readFile(join(deploy, "Dockerfile"), "utf8"));
  const built = new Map<string, string>();
  let last: Built | undefined;
  for (const [index, stage] of stages.entries()) {
    const place = join(folder, String(index));
    last = await buildStage(stage, place, built);
    if (stage.name !== undefined) built.set(stage.name, place);
  }
  if (!last) throw new Error("deploy/Dockerfile has no stage");
  return last;
}

async function buildStage(
  { steps }: Stage,
  folder: string,
  earlier: ReadonlyMap<string, string>,
): Promise<Built> {
  const env: Record<string, string> = {};
  const start: string[] = [];
  let workdir = "/";
  for (const step of steps) {
    const here = join(folder, workdir);
    await mkdir(here, { recursive: true });
    if (step.kind === "env") Object.assign(env, step.values);
    else if (step.kind === "workdir") workdir = step.path;
    else if (step.kind === "copy") {
      const from = step.from === undefined ? root : earlier.get(step.from);
      for (const source of step.sources)
        await cp(join(from ?? root, source), targetOf(here, step.to, source), {
          recursive: true,
          filter: (path) => !path.endsWith(".test.ts"),
        });
    } else if (step.kind === "run") await carryOut(step.command, here, env);
    else if (step.kind === "start") start.push(...step.words);
  }
  return { folder, env, workdir, start };
}

function targetOf(here: string, to: string, source: string): string {
  return to.endsWith("/") ? join(here, to, basename(source)) : join(here, to);
}

async function carryOut(command: string, cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  if (/(^|\s)\/(?!dev\/)/.test(command) || /\bchown\b/.test(command))
    return tell(`  not carried out here, for it is about the image's own file system: ${command}`);
  // What this checkout was installed with is not fetched a second time.
  const isInstalled = command === "npm ci --no-audit --no-fund";
  if (isInstalled) await symlink(join(root, "node_modules"), join(cwd, "node_modules"), "junction");
  else await run("sh", ["-c", command], { cwd, env: { ...clean(), ...env } });
}

function clean(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, NPM_CONFIG_UPDATE_NOTIFIER: "false" };
}

/** A chat and a worker of the image work on a database, and end when they are told to. */
async function proveImage(folder: string): Promise<void> {
  const { folder: image, env, workdir, start } = await buildIn(folder);
  tell("- the Dockerfile's steps make a program");
  await using database = await startPostgres();
  for (const part of ["chat", "worker"]) {
    const [program = "", ...words] = start;
    const child = spawn(program, [...words.slice(0, -1), part, "--json"], {
      cwd: join(image, workdir),
      env: {
        ...clean(),
        ...env,
        DATA_DIR: join(folder, part),
        STORE: "postgres",
        DATABASE_URL: database.url,
        WEB_PORT: "0",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    endWithUs(child, { signal: "KILL" });
    await saysRunning(child);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const [code] = await ended;
    if (code !== 0) throw new Error(`${part} ended with ${code}`);
    tell(
      `- its ${part} works on a PostgreSQL without anything that is for development, and stops at SIGTERM`,
    );
  }
}

async function saysRunning(child: ReturnType<typeof spawn>): Promise<void> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += String(text)));
  while (!said.includes('{"kind":"running"')) {
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
    await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  }
}

/** By the schema that the linter carries, which is the specification's. */
async function proveCompose(): Promise<void> {
  const words = [
    "exec",
    "--yes",
    "--package=dclint@3.1.0",
    "--",
    "dclint",
    "--quiet",
    join(deploy, "compose.yaml"),
  ];
  await run("npm", words, { cwd: tmpdir(), env: clean(), shell: process.platform === "win32" });
  tell("- compose.yaml is as the Compose specification says");
}

async function proveUnits(): Promise<void> {
  const folder = join(deploy, "systemd");
  const units = (await readdir(folder)).map((unit) => join(folder, unit));
  const read = await run("systemd-analyze", ["verify", ...units]).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!read) return tell("- NOT proved: the units, for there is no systemd-analyze here");
  if (read.stderr.trim() !== "") throw new Error(read.stderr);
  tell("- systemd reads the units and knows every setting in them");
}

const folder = await mkdtemp(join(tmpdir(), "peyk-deploy-"));
try {
  tell("Proved of deploy/:");
  await Promise.all([proveImage(folder), proveCompose(), proveUnits()]);
  tell(
    "- NOT proved, for want of a container engine: the base images, users and volumes, healthchecks, the network between services",
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
