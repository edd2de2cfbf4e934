/** One process of a fleet: started over and over, killed, frozen and stopped, with wires of its own to whatever it speaks to. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { endWithUs } from "../support/end-with-us.ts";
import type { Wire } from "../support/wire.ts";
import { openWire } from "../support/wire.ts";
import type { Meeting } from "./aiming.ts";

/** By what leads there. */
export interface Ports {
  readonly database: number;
  readonly x: number;
  readonly bot: number;
}

export interface ProcessSettings {
  readonly name: string;
  /** Compiled program and what it is told, e.g. `[peyk-cli.js, worker]`. */
  readonly words: readonly string[];
  readonly cwd: string;
  /** @param own Ports of its own wires */
  readonly env: (own: Ports) => Readonly<Record<string, string>>;
  readonly servers: Ports;
}

/** From a start to the end that followed it; moments in ms since the epoch. */
export interface Life {
  readonly process: string;
  readonly from: number;
  /** Absent: it lives. */
  until?: number;
  /** `ended`: by itself. */
  how?: "killed" | "stopped" | "ended";
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
  readonly ownDeaths: OwnDeath[] = [];
  readonly lives: Life[] = [];
  readonly #wires: Readonly<Record<keyof Ports, Wire>>;
  readonly #settings: ProcessSettings;
  readonly #closing = new AbortController();
  #child: ChildProcess | undefined;
  #state: ProcessState = "down";

  static async open(settings: ProcessSettings): Promise<FleetProcess> {
    const { servers } = settings;
    const [database, x, bot] = [
      await openWire(servers.database),
      await openWire(servers.x),
      await openWire(servers.bot),
    ];
    return new FleetProcess(settings, { database, x, bot });
  }

  private constructor(settings: ProcessSettings, wires: Readonly<Record<keyof Ports, Wire>>) {
    this.name = settings.name;
    this.#settings = settings;
    this.#wires = wires;
    this.database = wires.database;
  }

  /** Whether a call came from it. */
  made({ host }: Pick<Meeting, "host">): boolean {
    return [this.#wires.x, this.#wires.bot].some(({ port }) => host.endsWith(`:${port}`));
  }

  get state(): ProcessState {
    return this.#state;
  }

  start(): void {
    const { words, cwd, env } = this.#settings;
    const { database, x, bot } = this.#wires;
    const begun = Date.now();
    const child = spawn(process.execPath, [...words], {
      cwd,
      env: {
        PATH: process.env["PATH"] ?? "",
        ...env({ database: database.port, x: x.port, bot: bot.port }),
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
      this.#lifeEnds("ended");
      this.ownDeaths.push({ process: this.name, code, livedMs: Date.now() - begun, hadStarted, said });
      void wait(RESTART_MS, undefined, { signal: this.#closing.signal }).then(
        () => this.#state === "down" && this.start(),
        () => undefined,
      );
    });
    endWithUs(child, { signal: "KILL" });
    this.#child = child;
    this.#state = "up";
    this.lives.push({ process: this.name, from: begun });
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
    await Promise.all(Object.values(this.#wires).map((wire) => wire[Symbol.asyncDispose]()));
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#state = "down";
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    this.#lifeEnds(signal === "SIGKILL" ? "killed" : "stopped");
    await exited;
  }

  #lifeEnds(how: Life["how"]): void {
    const life = this.lives.at(-1);
    if (life) Object.assign(life, { until: Date.now(), how });
  }
}
