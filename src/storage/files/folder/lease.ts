/**
 * The lease on `data/`: at most one process writes there. Two guards, because each sees what the other can't.
 * Processes on one machine are kept apart by a name that the kernel gives to one of them. Processes that share the
 * folder but not the machine (containers, network disks) are kept apart by the epoch in `lease.json`: who starts last
 * owns the folder, and the one before finds out before its next write. (Between that look and the write lie some
 * microseconds in which the folder can still change hands: the second guard is a net, not a reason to start two.)
 */
import type { Stats } from "node:fs";
import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../../lib/clock.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import type { HeldName, MayBeHolder } from "./exclusive-name.ts";
import { holdName, isNameHeld } from "./exclusive-name.ts";
import { knownIdentity, readIdentity } from "./identity.ts";

/** Another process uses this folder, or the original that it is a copy of. */
export class LeaseTakenError extends TroubledError {
  override readonly name = "LeaseTakenError";
}

/** Another process took the folder over. This one may write no more; what it wanted to write is not written. */
export class LeaseLostError extends TroubledError {
  override readonly name = "LeaseLostError";
}

const schema = z.object({
  /** Counts the starts on this data; the highest owns it. */
  epoch: z.int().nonnegative(),
  /** Made up at each start: tells two holders of the same epoch apart. */
  holder: z.string(),
  pid: z.int(),
  host: z.string(),
  startedAt: z.number(),
});

type LeaseRecord = z.infer<typeof schema>;

/** How `lease.json` stands on disk. */
const leaseFormat = { version: 1, schema };

const LEASE_FILE = "lease.json";

const NEVER_HELD: LeaseRecord = { epoch: 0, holder: "", pid: 0, host: "", startedAt: 0 };

/**
 * Takes the lease on a folder, which is created when there is none. A damaged `lease.json` is set aside: what it says is
 * replaced at every start, and another machine's process, if there is one, finds out as it does at any take-over.
 * @throws {LeaseTakenError} with one line for people
 * @throws {BrokenDocumentError} that says what to do, when it can't be known which data this is
 */
export async function openLease(
  dataDir: string,
  clock: Clock,
  onProblem: (error: Error) => void = () => undefined,
): Promise<Lease> {
  await createFolder(dataDir);
  const path = join(dataDir, LEASE_FILE);
  const name = await holdName(`peyk-${await readIdentity(dataDir)}`, undefined, lastHolderMayLive(path));
  if (!name) throw await takenBy(path, dataDir);
  try {
    const record = await openDocument(path, {
      ...leaseFormat,
      initial: NEVER_HELD,
      onSetAside: onProblem,
    });
    const mine = { holder: randomUUID(), pid: process.pid, host: hostname(), startedAt: clock.now() };
    await record.update(({ epoch }) => ({ ...mine, epoch: epoch + 1 }));
    const lease = new Lease(path, record.get(), name);
    lease.assertHeld();
    return lease;
  } catch (error) {
    await name[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Tells whether the last holder can be the process that holds the name and doesn't say so, because it is stopped: when
 * there is still such a process of this user's. Of another machine nobody here can tell.
 */
function lastHolderMayLive(path: string): MayBeHolder {
  return async () => {
    const record = await readDocument(path, leaseFormat).catch(() => undefined);
    if (record?.host !== hostname()) return true;
    try {
      return process.kill(record.pid, 0);
    } catch {
      return false;
    }
  };
}

async function takenBy(path: string, dataDir: string): Promise<LeaseTakenError> {
  const record = await readDocument(path, leaseFormat).catch(() => undefined);
  const folder = join(dataDir, "/");
  const sentence = (who: string): string => `Another Peyk${who} is using ${folder}. Stop it first.`;
  if (!record) return new LeaseTakenError(sentence(""), { code: "anotherPeyk", with: { path: folder } });
  const told = { path: folder, process: String(record.pid) };
  if (record.host === hostname())
    return new LeaseTakenError(sentence(` (process ${record.pid})`), {
      code: "anotherPeykProcess",
      with: told,
    });
  return new LeaseTakenError(sentence(` (process ${record.pid} on ${record.host})`), {
    code: "anotherPeykHost",
    with: { ...told, host: record.host },
  });
}

/** Who has the folder, as far as this machine can tell. */
export interface LeaseHolder {
  /** How often the folder was taken. */
  readonly epoch: number;
  readonly pid: number;
  readonly host: string;
  readonly startedAt: number;
  /** A process on this machine holds it right now. */
  readonly isHeld: boolean;
}

/**
 * Tells who had the lease last and whether it is held now, without taking it; undefined when nobody ever had it.
 * @throws {BrokenDocumentError} when the files that say so can't be understood
 */
export async function readLease(dataDir: string): Promise<LeaseHolder | undefined> {
  const identity = await knownIdentity(dataDir);
  const record = await readDocument(join(dataDir, LEASE_FILE), leaseFormat);
  if (identity === undefined || !record) return undefined;
  const { epoch, pid, host, startedAt } = record;
  const mayLive = lastHolderMayLive(join(dataDir, LEASE_FILE));
  return { epoch, pid, host, startedAt, isHeld: await isNameHeld(`peyk-${identity}`, undefined, mayLive) };
}

/**
 * Makes a folder's data known as newer than all that was done up to an epoch, and this process as the last that had it.
 * @param at ms since the epoch
 */
export async function writeLeaseAfter(dataDir: string, epoch: number, at: number): Promise<void> {
  const record = await openDocument(join(dataDir, LEASE_FILE), { ...leaseFormat, initial: NEVER_HELD });
  const mine = { holder: randomUUID(), pid: process.pid, host: hostname(), startedAt: at };
  await record.update(() => ({ ...mine, epoch: epoch + 1 }));
}

export class Lease implements AsyncDisposable {
  readonly epoch: number;
  /** Who holds it, unlike whoever held it before and will after. */
  readonly owner: string;
  readonly #path: string;
  readonly #holder: string;
  readonly #name: HeldName;
  #seen: Stats | undefined;

  /** Use {@link openLease}. */
  constructor(path: string, { epoch, holder }: LeaseRecord, name: HeldName) {
    this.#path = path;
    this.epoch = epoch;
    this.#holder = holder;
    this.owner = `${epoch} ${holder}`;
    this.#name = name;
  }

  /**
   * Throws when another process took the folder over; costs a few microseconds, so that it can stand before each write.
   * @throws {LeaseLostError} with one line for people
   */
  assertHeld(): void {
    const stats = statSync(this.#path, { throwIfNoEntry: false });
    if (stats && this.#seen && isSame(stats, this.#seen)) return;
    if (!stats || !this.#isOurs())
      throw new LeaseLostError(`Another Peyk took over ${this.#path}. This one stops writing.`, {
        code: "takenOver",
        with: { path: this.#path },
      });
    this.#seen = stats;
  }

  /** Gives the folder back; `lease.json` stays and tells who had it last. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#name[Symbol.asyncDispose]();
  }

  /** A file that was only touched or copied back is still ours. */
  #isOurs(): boolean {
    const text = readFileSync(this.#path, "utf8");
    return text.includes(JSON.stringify(this.#holder));
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.ino === other.ino && one.mtimeMs === other.mtimeMs && one.size === other.size;
}
