/** The bytes of files sent in the playground: in a folder beside the state file, or in memory when nothing is kept. */
import { readFileSync } from "node:fs";
import { open, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { createFolder, syncFolder } from "../../lib/files/sync-folder.ts";

/** Keeps bytes under a name that is given once; what {@link FileStore.keep} resolved for survives a kill. */
export interface FileStore {
  /** Resolves when the bytes are on disk; they can be read from the moment of the call. */
  keep(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there are no such bytes. */
  read(name: string): Uint8Array | undefined;
  /** Throws away everything whose name is not among these. */
  retain(names: ReadonlySet<string>): Promise<void>;
}

/** Keeps files in memory only. */
export function createMemoryFiles(): FileStore {
  const files = new Map<string, Uint8Array>();
  return {
    keep: async (name, bytes) => void files.set(name, bytes),
    read: (name) => files.get(name),
    retain: async (names) => {
      for (const name of files.keys()) if (!names.has(name)) files.delete(name);
    },
  };
}

/** Keeps files in a folder, which it creates. Of a name only the last part counts: nothing is written elsewhere. */
export async function openFolderFiles(folder: string): Promise<FileStore> {
  await createFolder(folder);
  const arriving = new Map<string, Uint8Array>();
  return {
    async keep(name, bytes) {
      arriving.set(name, bytes);
      try {
        await writeSynced(join(folder, basename(name)), bytes);
        await syncFolder(folder);
      } finally {
        arriving.delete(name);
      }
    },
    read: (name) => arriving.get(name) ?? readIfThere(join(folder, basename(name))),
    async retain(names) {
      for (const name of await readdir(folder)) if (!names.has(name)) await rm(join(folder, name));
    },
  };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
