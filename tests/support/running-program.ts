/** The whole program as an operator runs it: compiled, in a process of its own, on real files. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Compiled } from "./runner/compiled.ts";
import { QUICK_START } from "./quick-start.ts";

const root = join(import.meta.dirname, "../..");

export interface RunningProgram {
  /** Everything it printed so far. */
  output(): string;
  /** Address of the chat page it printed, with the key. */
  readonly pageUrl: string;
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop; answers its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Its exit code, once it ended by itself. */
  ended(): Promise<number | null>;
  /** Reads no more of what it prints. */
  deafen(): void;
}

/** Starts the program, which is `main.ts` compiled; resolves when it says where it is. */
export async function startProgram(
  program: Compiled,
  settings: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [...QUICK_START, program.path], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", BOT_TOKEN: "", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += String(data)));
  await saidWhere(child, () => printed);
  const gone = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    output: () => printed,
    pageUrl: /http:\/\/\S+/.exec(printed)?.[0] ?? "",
    kill: async () => void (await gone("SIGKILL")),
    stop: (signal = "SIGTERM") => gone(signal),
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      return child.exitCode;
    },
    deafen: () => [child.stdout, child.stderr].forEach((stream) => stream.destroy()),
  };
}

async function saidWhere(child: ChildProcess, printed: () => string): Promise<void> {
  while (!printed().includes("Press Ctrl+C")) {
    if (child.exitCode !== null) throw new Error(`the program ended: ${printed()}`);
    await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  }
}

/** Finds a port that nobody listens on; the program gets the same one after every restart. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Makes a data folder whose simulated people answer briskly: a hundred names take some eight seconds. */
export async function prepareData(folder: string, settings: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "simulator.json"), JSON.stringify({ version: 1, value: settings }));
}
