/**
 * The `peyk` command on a data folder of its own: in the test's process, or compiled and in a process of its own where a
 * test stops it.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { z } from "zod";
import { programParts } from "../../src/composition/command-line.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { ownStore } from "../support/own-store.ts";
import type { Where } from "../support/stored.ts";
import { deliveriesIn } from "../support/on-record.ts";
import { putCampaign, storedCampaign } from "../support/stored.ts";
import { middayZone } from "../support/midday.ts";
import { QUICK_START } from "../support/quick-start.ts";

/** Nobody is special, and answers come at once. */
export const everybodyAnswers = {
  shares: { notFound: 0, refuses: 0, slow: 0, flaky: 0, throttled: 0, timeoutDelivered: 0, timeoutLost: 0 },
  latencyMs: { min: 0, max: 0 },
  publishedLimits: [],
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Place extends AsyncDisposable {
  readonly folder: string;
  readonly dataDir: string;
  /** Where its Peyks keep everything. */
  readonly where: Where;
  /** Writes a list of `count` names, `name_0` and on, and answers its file name. */
  list(count: number): Promise<string>;
  write(name: string, content: string, mode?: number): Promise<void>;
  /** What a Peyk is told that keeps its things where those of this place are. */
  readonly settings: Readonly<Record<string, string>>;
  /** A campaign as it is stored. */
  stored(id: string): Promise<Record<string, unknown>>;
  /** Puts another in its place, behind everybody's back. */
  restore(id: string, to: (from: Record<string, unknown>) => object): Promise<void>;
  /** Runs a command to its end, in this process and in the folder. */
  peyk(...words: string[]): Promise<Ended>;
  /** Starts a command in a process of its own; `line` resolves when it has printed a line that holds the text. */
  start(...words: string[]): {
    readonly child: ChildProcess;
    line(text: string, times?: number): Promise<void>;
    ended: Promise<Ended>;
  };
  /** Who got a message, in order, by the simulated people's own record. */
  delivered(): Promise<readonly string[]>;
  /** The same, with the hashes of the texts. */
  received(): ReturnType<typeof deliveriesIn>;
}

/** Makes a folder to work in. @param people Settings of the simulator @param env Further variables */
export async function createPlace(
  compiled: Compiled,
  people: object = everybodyAnswers,
  env: Readonly<Record<string, string>> = {},
): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-cli-"));
  const dataDir = join(folder, "data");
  await mkdir(dataDir);
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value: people }));
  const own = await ownStore();
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value); // a program's calls read them
  const variables = { TIME_ZONE: middayZone(), ...own, ...env };
  const start: Place["start"] = (...words) => {
    const child = spawn(process.execPath, [...QUICK_START, compiled.path, ...words], {
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = { out: "", err: "" };
    child.stdout.on("data", (text) => (printed.out += String(text)));
    child.stderr.on("data", (text) => (printed.err += String(text)));
    const ended = once(child, "close").then(() => ({ ...printed, code: child.exitCode }));
    const line = async (text: string, times = 1): Promise<void> => {
      while (printed.out.split(text).length <= times) {
        const isOver = await Promise.race([
          ended.then(() => true),
          once(child.stdout, "data").then(() => false),
        ]);
        if (isOver) throw new Error(`it ended without "${text}": ${printed.out}${printed.err}`);
      }
    };
    return { child, line, ended };
  };
  return {
    folder,
    dataDir,
    where: { dataDir, own },
    async list(count) {
      const names = Array.from({ length: count }, (_, index) => `@Name_${index}`);
      await writeFile(join(folder, "people.txt"), names.join("\n"));
      return "people.txt";
    },
    write: (name, content, mode) =>
      writeFile(join(folder, name), content, mode === undefined ? {} : { mode }),
    settings: { ...own, DATA_DIR: dataDir },
    stored: (id) => storedCampaign({ dataDir, own }, id),
    restore: (id, to) => putCampaign({ dataDir, own }, id, to),
    peyk: (...words) => runHere(words, folder, variables),
    start,
    delivered: async () => (await deliveriesIn({ dataDir, own })).map(({ username }) => username),
    received: () => deliveriesIn({ dataDir, own }),
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The moment 0, in words, in files and as a number: what is told in place of a moment that nobody knew. */
const BEFORE_COMPUTERS =
  /\b(?:1970-01-01|1969-12-31)\b|\b(?:Jan\w* 1,?|1 Jan\w*,?) 1970\b|دی ۱۳۴۸|"(?:at|\w+At)":0\b/;

let isSomeoneHere = false;

/**
 * Runs a command to its end in this process. File names are relative to the folder, as in a shell; the test's own working
 * folder is put back.
 */
export async function runHere(
  words: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const printed = { out: "", err: "" };
  if (isSomeoneHere) throw new Error("one command at a time: the working folder is the whole process's");
  isSomeoneHere = true;
  const before = process.cwd();
  process.chdir(folder);
  try {
    const parts = programParts({
      env,
      out: { write: (text) => (printed.out += text) },
      err: { write: (text) => (printed.err += text) },
      interrupted: new AbortController().signal,
    });
    const code = await runProgram(words, parts);
    const made = BEFORE_COMPUTERS.exec(printed.out + printed.err)?.[0];
    if (made !== undefined) throw new Error(`peyk ${words.join(" ")} says ${made}, when nothing was`);
    return { code, ...printed };
  } finally {
    process.chdir(before);
    isSomeoneHere = false;
  }
}

const lineSchema = z.record(z.string(), z.unknown());

/** The JSON lines that a command printed. */
export function objectsOf({ out }: Ended): readonly Readonly<Record<string, unknown>>[] {
  return out
    .trim()
    .split("\n")
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

/** The last JSON line. */
export function summaryOf(ended: Ended): Readonly<Record<string, unknown>> {
  return objectsOf(ended).at(-1) ?? {};
}
