/** The few file operations an append log needs, so that tests can make any of them fail. */
import { writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { PRIVATE_FILE } from "../files/private-files.ts";

export interface LogFile {
  /** Reads from a position in the file; answers 0 at its end. */
  read(into: Buffer, offset: number, position: number): Promise<number>;
  /** Appends bytes from `offset` on, perhaps not all of them; answers how many. */
  write(bytes: Buffer, offset: number): number;
  /** Resolves when everything written is on disk. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file for reading and appending; creates it when there is none. */
export async function openLogFile(path: string): Promise<LogFile> {
  const handle = await open(path, "a+", PRIVATE_FILE);
  return {
    read: async (into, offset, position) =>
      (await handle.read(into, offset, into.length - offset, position)).bytesRead,
    // Synchronous on purpose: it only copies to the page cache, and a trip to the thread pool costs more than that.
    write: (bytes, offset) => writeSync(handle.fd, bytes, offset),
    sync: () => handle.datasync(),
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  };
}
