/** The world on disk: a log of records beside the folder of its files, rewritten on opening when it holds mostly the past. */
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type AppendLog, openAppendLog } from "../../lib/log/append-log.ts";
import { openMendedLog } from "../../lib/log/mended-log.ts";
import { createFolder, syncFolder } from "../../lib/files/sync-folder.ts";
import { createMemoryFiles, type FileStore, openFolderFiles } from "./file-store.ts";
import type { WorldRecord } from "./world-record.ts";
import { parseWorldRecord } from "./world-record.ts";
import { WorldState } from "./world-state.ts";
import { storageName, WorldStore } from "./world-store.ts";

/** A log this many times longer than its world is rewritten on opening; progress messages are edited thousands of times. */
const REWRITE_FACTOR = 3;
/** Shorter logs are left alone. */
const REWRITE_FROM = 2000;

export interface OpenWorld extends AsyncDisposable {
  readonly store: WorldStore;
}

/** Starts an empty world that nothing outlives. */
export function createMemoryWorld(): OpenWorld {
  const store = new WorldStore(new WorldState(), createMemoryFiles(), async () => undefined);
  return { store, [Symbol.asyncDispose]: async () => undefined };
}

/**
 * Opens the world kept in a state file, or starts one there; bytes of files lie in the folder `files` beside it.
 * @throws {CorruptLogError} naming file and line
 */
export async function openWorld(stateFile: string): Promise<OpenWorld> {
  const folder = dirname(stateFile);
  await createFolder(folder);
  const files = await openFolderFiles(join(folder, "files"));
  let { log, state, lines } = await readLog(stateFile);
  const kept = [...state.records()];
  if (lines > REWRITE_FROM && lines > kept.length * REWRITE_FACTOR) {
    await log[Symbol.asyncDispose]();
    await rewrite(
      stateFile,
      kept.map((record) => JSON.stringify(record)),
    );
    ({ log, state, lines } = await readLog(stateFile));
  }
  await discardStrangers(files, state);
  const store = new WorldStore(state, files, (record) => log.append(JSON.stringify(record)));
  return { store, [Symbol.asyncDispose]: () => log[Symbol.asyncDispose]() };
}

async function readLog(path: string): Promise<{ log: AppendLog; state: WorldState; lines: number }> {
  const records = new Map<number, WorldRecord>();
  const onLine = (line: string, lineNumber: number): void =>
    void records.set(lineNumber, parseWorldRecord(line));
  // A made-up world goes on without what can't be understood of it; its file is kept.
  const log = await openMendedLog(path, { onLine, onSetAside: () => records.clear() });
  const state = new WorldState();
  for (const record of records.values()) state.apply(record);
  return { log, state, lines: records.size };
}

/** The new log takes the old one's name only once it is whole and on disk. */
async function rewrite(path: string, lines: readonly string[]): Promise<void> {
  const next = `${path}.new`;
  await rm(next, { force: true });
  await using log = await openAppendLog(next);
  await log.appendMany(lines);
  await rename(next, path);
  await syncFolder(dirname(path));
}

/** Bytes whose record was never written, or was given up, belong to nobody. */
async function discardStrangers(files: FileStore, state: WorldState): Promise<void> {
  await files.retain(new Set([...state.files.values()].map(storageName)));
}
