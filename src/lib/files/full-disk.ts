/** A disk that is full: how it is recognised, that it is told once, and when there is room again. */
import { open, rm } from "node:fs/promises";
import { join } from "node:path";

const NO_ROOM = /\b(?:ENOSPC|EDQUOT)\b/;

/** Tells whether a problem, in the words of the system, is that there is no room. */
export function saysFull(problem: string): boolean {
  return NO_ROOM.test(problem);
}

/** Room that there must be before anything is tried again, in bytes: enough for a while, so that it does not come and go. */
const ROOM_BYTES = 1 << 20;

/** Writes as much as there must be room for, and takes it away again. @param folder On the disk in question */
export async function hasRoom(folder: string): Promise<boolean> {
  const path = join(folder, ".room");
  try {
    await using file = await open(path, "w", 0o600);
    await file.write(Buffer.alloc(ROOM_BYTES));
    await file.sync();
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** What is said then. */
export const DISK_IS_FULL =
  "The disk is full: nothing more can be recorded or sent. It goes on by itself when there is room.";

/** Every write fails alike on a full disk, in many places and again and again: it is said at the first and at the end. */
export class FullDisk {
  #isFull = false;

  get isFull(): boolean {
    return this.#isFull;
  }

  /** Whether a problem is another one, or the first or one more of those that a full disk makes. */
  sees(problem: string): "other" | "first" | "again" {
    if (!saysFull(problem)) return "other";
    if (this.#isFull) return "again";
    this.#isFull = true;
    return "first";
  }

  /** There is room again. Answers false when nobody was told that there was none. */
  over(): boolean {
    const wasFull = this.#isFull;
    this.#isFull = false;
    return wasFull;
  }
}
