/** One process of Peyk that a fleet on this machine has: started, killed, and told to stop. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { endWithUs } from "../../tests/support/end-with-us.ts";

export interface LocalProcessSettings {
  /** Compiled program and what it is told. */
  readonly words: readonly string[];
  /** Its own: no other's `.env` is read there. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Told of an end that nobody brought about, with the last lines that it printed. */
  readonly onEnd: (said: string) => void;
}

const TOLD_LETTERS = 2000;
/** What is under way comes to its end within it; a process that does not stop is ended. */
const STOP_MS = 60_000;

export class LocalProcess {
  readonly #settings: LocalProcessSettings;
  #child: ChildProcess | undefined;
  #said = "";

  constructor(settings: LocalProcessSettings) {
    this.#settings = settings;
  }

  get isUp(): boolean {
    return this.#child !== undefined;
  }

  /** The number by which the system knows it; undefined while it is not up. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @returns Once it said something that fits; throws where it ended before. */
  async start(says: RegExp): Promise<RegExpExecArray> {
    const { words, cwd, env, onEnd } = this.#settings;
    await mkdir(cwd, { recursive: true, mode: 0o700 });
    this.#said = "";
    // Detached: Ctrl-C at the terminal is for the fleet, which ends its processes in order.
    const child = spawn(process.execPath, [...words], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    endWithUs(child, { signal: "TERM" });
    this.#child = child;
    const said = new Promise<RegExpExecArray>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (text) => {
          this.#said = (this.#said + String(text)).slice(-TOLD_LETTERS);
          const found = says.exec(this.#said);
          if (found) resolve(found);
        });
      child.once("exit", () => reject(new Error(this.#said)));
    });
    child.once("exit", () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      onEnd(this.#said);
    });
    return said;
  }

  async kill(): Promise<void> {
    const child = this.#forget();
    if (child) await ended(child, "SIGKILL");
  }

  async stop(): Promise<void> {
    const child = this.#forget();
    if (!child) return;
    const late = new AbortController();
    void wait(STOP_MS, undefined, { signal: late.signal }).then(
      () => child.kill("SIGKILL"),
      () => undefined,
    );
    await ended(child, "SIGTERM");
    late.abort();
  }

  #forget(): ChildProcess | undefined {
    const child = this.#child;
    this.#child = undefined;
    return child;
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
