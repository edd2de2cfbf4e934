/**
 * A disk that fails at a moment of the test's choosing: real files behind a page cache that a power cut loses. Once the
 * process is dead, nothing it still asks for happens or is ever answered.
 */
import { readFileSync, truncateSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { LogFile } from "../../src/lib/log/log-file.ts";
import { openLogFile } from "../../src/lib/log/log-file.ts";

/** What happens at the chosen write or sync. */
export type DiskFault =
  /** The process is killed with half of the bytes written; those stay. */
  | "torn"
  /** It is done, and the process is killed before it hears of it. */
  | "unheard"
  /** The power goes; nothing that was not synced is left. */
  | "powerCut"
  /** The power goes; the first half of what was not synced is left. */
  | "powerCutHalf"
  /** Half of the bytes fit, then logs find no space until {@link FailingDisk.freeSpace}. */
  | "fullForLogs"
  /** The same for whatever is written. */
  | "full";

/** A file as the machine has it: its size, and how much of it a power cut leaves. */
interface Extent {
  size: number;
  durable: number;
}

/** What outlives processes: pass it on to the disk of the next one. */
export type Extents = Map<string, Extent>;

/** Which of a process's writes and syncs of logs, counted from 1, fails and how. */
export interface Failure {
  readonly fault: DiskFault;
  readonly at: number;
}

/** The disk as one process has it. */
export class FailingDisk {
  readonly #extents: Extents;
  readonly #failure: Failure | undefined;
  readonly #unanswered: ((why: Error) => void)[] = [];
  #operations = 0;
  #state: "works" | "fullForLogs" | "full" | "dead" = "works";

  constructor(extents: Extents, failure?: Failure) {
    this.#extents = extents;
    this.#failure = failure;
  }

  /** True once the chosen moment was reached. */
  get hasFailed(): boolean {
    return this.#failure !== undefined && this.#operations >= this.#failure.at;
  }

  get isDead(): boolean {
    return this.#state === "dead";
  }

  /** The part of a file that a power cut would leave. */
  durable(path: string): string {
    return readFileSync(path)
      .subarray(0, this.#extents.get(path)?.durable ?? 0)
      .toString();
  }

  freeSpace(): void {
    this.#state = "works";
  }

  /** Lets everything that waits in a dead process fail, so that its files can be closed. */
  bury(): void {
    this.#state = "dead";
    for (const reject of this.#unanswered.splice(0)) reject(new Error("the process is dead"));
  }

  /** Stands before every write of something else than a log; throws when that can't happen. */
  readonly beforeWrite = (): void => {
    if (this.#state === "dead") throw new Error("the process is dead");
    if (this.#state === "full") throw noSpace();
  };

  /** Stands around what reaches the outside; a dead process comes no further. */
  readonly effect = async (): Promise<void> => {
    if (this.#state === "dead") await this.#never();
  };

  readonly openFile = async (path: string): Promise<LogFile> => {
    const file = await openLogFile(path);
    const { size } = await stat(path);
    const extent = this.#extents.get(path) ?? { size, durable: size };
    this.#extents.set(path, extent);
    return {
      ...file,
      write: (bytes, offset) => this.#write(file, extent, bytes.subarray(offset)),
      sync: () => this.#sync(extent),
      truncate: async (to) => {
        await file.truncate(to);
        Object.assign(extent, { size: to, durable: Math.min(to, extent.durable) });
      },
    };
  };

  #write(file: LogFile, extent: Extent, bytes: Buffer): number {
    if (this.#state === "dead") return bytes.length;
    if (this.#state !== "works") throw noSpace();
    const fault = this.#next();
    const isPartial = fault === "torn" || fault === "full" || fault === "fullForLogs";
    const written = file.write(isPartial ? bytes.subarray(0, bytes.length >> 1) : bytes, 0);
    extent.size += written;
    if (fault) this.#fail(fault);
    return written;
  }

  /** Real syncing would cost time and prove nothing: what the machine would keep is written down here. */
  async #sync(extent: Extent): Promise<void> {
    if (this.isDead) await this.#never();
    if (this.#state !== "works") throw noSpace();
    const fault = this.#next();
    if (!fault || fault === "unheard") extent.durable = extent.size;
    if (!fault) return;
    this.#fail(fault);
    if (!this.isDead) throw noSpace();
    await this.#never();
  }

  #next(): DiskFault | undefined {
    return ++this.#operations === this.#failure?.at ? this.#failure.fault : undefined;
  }

  #fail(fault: DiskFault): void {
    if (fault === "full" || fault === "fullForLogs") {
      this.#state = fault;
      return;
    }
    if (fault === "powerCut") this.#cutPower(0);
    if (fault === "powerCutHalf") this.#cutPower(0.5);
    this.#state = "dead";
  }

  #cutPower(share: number): void {
    for (const [path, extent] of this.#extents) {
      const left = extent.durable + Math.floor((extent.size - extent.durable) * share);
      truncateSync(path, left);
      Object.assign(extent, { size: left, durable: left });
    }
  }

  #never(): Promise<never> {
    return new Promise((_, reject) => this.#unanswered.push(reject));
  }
}

function noSpace(): Error {
  return Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
}
