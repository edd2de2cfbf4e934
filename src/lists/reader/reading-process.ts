import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import type { StopReason } from "../list-reader.ts";
import { ReadingStopped } from "../list-reader.ts";
import type { Frame, ReaderJob } from "./frames.ts";
import { LONGEST_FRAME, frameSchema } from "./frames.ts";
import type { ReaderLimits } from "./limits.ts";
import { limitCrossed } from "./limits.ts";
import { FRAMES_FD, VITAL_SIGNS_FD } from "./pipes.ts";

/** Less work than this is none: a process that hangs still tells its vital signs. */
const WORK_MS = 50;
/** How often somebody looks whether a process that says nothing is still at work. */
const LOOK_EVERY_MS = 500;
/** A process that ended with so much of its memory used ended for want of it. */
const NEARLY_ALL = 0.7;

/**
 * One process that reads one list. It lives until it is through, crosses a limit, is killed, or nobody listens to it any
 * more; what it prints is thrown away, and it knows nothing of this process's environment.
 */
export class ReadingProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #limits: ReaderLimits;
  readonly #looking: NodeJS.Timeout;
  #stopped: StopReason | undefined;
  #isWaitedFor = false;
  #work = { cpuMs: 0, at: performance.now() };
  #use = { cpuMs: 0, memoryBytes: 0, names: 0, rejectedRows: 0, output: 0 };

  constructor(script: string, job: ReaderJob, limits: ReaderLimits) {
    this.#limits = limits;
    const flags = [`--max-old-space-size=${limits.heapMb}`, "--no-warnings"];
    this.#child = spawn(process.execPath, [...flags, script], {
      env: {},
      stdio: ["pipe", "ignore", "ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    this.#exited = once(this.#child, "exit").catch(() => undefined);
    this.#child.stdin?.on("error", () => undefined); // it ended before it had heard everything; that shows elsewhere
    this.#child.stdin?.end(JSON.stringify(job));
    this.#pipe(VITAL_SIGNS_FD).on("data", (signs: string) => this.#note(signs));
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  /**
   * What it says, frame by frame, to its end.
   * @throws {ReadingStopped} when it crossed a limit, died, or said what nobody understands
   */
  async *frames(): AsyncGenerator<Frame> {
    for await (const line of this.#lines()) {
      const frame = this.#parsed(line);
      if (frame.kind === "rows") this.#count(frame);
      yield frame;
    }
    await this.#exited;
    throw new ReadingStopped(this.#reasonOfEnd());
  }

  /** Ends the process, if it hasn't ended, and resolves when it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#looking);
    this.#child.kill("SIGKILL");
    if (this.#child.pid !== undefined) await this.#exited;
  }

  async *#lines(): AsyncGenerator<string> {
    let held: string[] = [];
    let length = 0;
    for await (const chunk of this.#chunks()) {
      const [first = "", ...others] = chunk.split("\n");
      held.push(first);
      length += chunk.length;
      if (length > LONGEST_FRAME) throw new ReadingStopped("holdsTooMuch");
      if (others.length === 0) continue;
      yield held.join("");
      const rest = others.pop() ?? "";
      yield* others;
      [held, length] = [[rest], rest.length];
    }
  }

  async *#chunks(): AsyncGenerator<string> {
    const chunks = this.#pipe(FRAMES_FD)[Symbol.asyncIterator]();
    for (;;) {
      this.#work.at = performance.now();
      this.#isWaitedFor = true;
      const next = await chunks.next();
      this.#isWaitedFor = false;
      if (next.done === true) return;
      const chunk = String(next.value);
      this.#use.output += chunk.length;
      yield chunk;
    }
  }

  #parsed(line: string): Frame {
    const frame = frameSchema.safeParse(jsonOf(line));
    if (!frame.success) throw new ReadingStopped("failed");
    return frame.data;
  }

  #count({ names, rejected, duplicates }: Extract<Frame, { kind: "rows" }>): void {
    this.#use.names += names.length + duplicates;
    this.#use.rejectedRows += rejected.length;
    this.#look();
  }

  #pipe(fd: number): Readable {
    const pipe = this.#child.stdio[fd];
    if (!(pipe instanceof Readable)) throw new Error("a reading process has no such pipe");
    return pipe.setEncoding("utf8").on("error", () => undefined);
  }

  #note(signs: string): void {
    const last = /(\d+) (\d+)\n$/.exec(signs);
    if (!last) return;
    const [cpuMs, memoryBytes] = [Number(last[1]), Number(last[2])];
    this.#use = { ...this.#use, cpuMs, memoryBytes };
    if (cpuMs > this.#work.cpuMs + WORK_MS) this.#work = { cpuMs, at: performance.now() };
    this.#look();
  }

  #look(): void {
    const idleMs = this.#isWaitedFor ? performance.now() - this.#work.at : 0;
    const crossed = limitCrossed({ ...this.#use, idleMs }, this.#limits);
    if (crossed === undefined) return;
    this.#stopped ??= crossed;
    this.#child.kill("SIGKILL");
  }

  /** SIGABRT is V8's own end without memory, an uncalled-for SIGKILL the system's; 134 is the first on Windows. */
  #reasonOfEnd(): StopReason {
    if (this.#stopped !== undefined) return this.#stopped;
    const { signalCode, exitCode } = this.#child;
    const isOutOfMemory =
      signalCode === "SIGABRT" ||
      signalCode === "SIGKILL" ||
      exitCode === 134 ||
      this.#use.memoryBytes > NEARLY_ALL * this.#limits.memoryBytes;
    return isOutOfMemory ? "needsTooMuchMemory" : "failed";
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
