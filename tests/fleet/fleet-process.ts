/** One process of a fleet: started over and over, killed, frozen and stopped, with wires of its own to the database and to X. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { endWithUs } from "../support/end-with-us.ts";
import type { Wire } from "../support/wire.ts";
import { openWire } from "../support/wire.ts";

export interface ProcessSettings {
  readonly name: string;
  /** Compiled program and what it is told, e.g. `[peyk-cli.js, worker]`. */
  readonly words: readonly string[];
  readonly cwd: string;
  /** @param wires Ports of its own, by what leads there */
  readonly env: (wires: {
    readonly database: number;
    readonly x: number;
  }) => Readonly<Record<string, string>>;
  /** Ports of the servers. */
  readonly database: number;
  readonly x: number;
}

/** An end that nobody brought about. */
export interface OwnDeath {
  readonly process: string;
  readonly code: number | null;
  readonly livedMs: number;
  /** It had said that it works; before that it may find no database to start with. */
  readonly hadStarted: boolean;
  /** The last lines that it printed. */
  readonly said: string;
}

export type ProcessState = "up" | "frozen" | "down";

/** What ends by itself is started again after so long, as a service manager does. */
const RESTART_MS = 1000;
const TOLD_BYTES = 2000;

export class FleetProcess implements AsyncDisposable {
  readonly name: string;
  readonly database: Wire;
  readonly x: Wire;
  readonly ownDeaths: OwnDeath[] = [];
  readonly #settings: ProcessSettings;
  readonly #closing = new AbortController();
  #child: ChildProcess | undefined;
  #state: ProcessState = "down";

  static async open(settings: ProcessSettings): Promise<FleetProcess> {
    const [database, x] = await Promise.all([openWire(settings.database), openWire(settings.x)]);
    return new FleetProcess(settings, database, x);
  }

  private constructor(settings: ProcessSettings, database: Wire, x: Wire) {
    this.name = settings.name;
    this.#settings = settings;
    this.database = database;
    this.x = x;
  }

  get state(): ProcessState {
    return this.#state;
  }

  start(): void {
    const { words, cwd, env } = this.#settings;
    const begun = Date.now();
    const child = spawn(process.execPath, [...words], {
      cwd,
      env: {
        PATH: process.env["PATH"] ?? "",
        ...env({ database: this.database.port, x: this.x.port }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    let hadStarted = false;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        said = (said + String(text)).slice(-TOLD_BYTES);
        hadStarted ||= said.includes('{"kind":"running"');
      });
    child.once("exit", (code) => {
      if (this.#child !== child || this.#state !== "up") return;
      this.#state = "down";
      this.ownDeaths.push({ process: this.name, code, livedMs: Date.now() - begun, hadStarted, said });
      void wait(RESTART_MS, undefined, { signal: this.#closing.signal }).then(
        () => this.#state === "down" && this.start(),
        () => undefined,
      );
    });
    endWithUs(child, { signal: "KILL" });
    this.#child = child;
    this.#state = "up";
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks it to stop; answers how long that took, in ms. */
  async stop(): Promise<number> {
    const asked = Date.now();
    await this.#end("SIGTERM");
    return Date.now() - asked;
  }

  freeze(): void {
    this.#child?.kill("SIGSTOP");
    this.#state = "frozen";
  }

  thaw(): void {
    if (this.#state !== "frozen") return;
    this.#state = "up";
    this.#child?.kill("SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.kill();
    await Promise.all([this.database[Symbol.asyncDispose](), this.x[Symbol.asyncDispose]()]);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#state = "down";
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }
}
