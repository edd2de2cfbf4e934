import type { StopReason } from "../list-reader.ts";

/** What a reading may use. */
export interface ReaderLimits {
  /** Work that any list may ask for, in ms of processor time. */
  readonly cpuMs: number;
  /** Further ms for each name that came out, of at most `paidNames`. */
  readonly cpuMsPerName: number;
  readonly paidNames: number;
  /** Rows that may name nobody. */
  readonly rejectedRows: number;
  /** What the process may hold, code and all. */
  readonly memoryBytes: number;
  /** What it may hold in objects, in MB; beyond that it ends itself. */
  readonly heapMb: number;
  /** Characters that may come out. */
  readonly output: number;
  /** How long nothing may come out while no work is done either, in ms: only what hangs is to meet it. */
  readonly idleMs: number;
}

/**
 * Hostile files are through or refused within ten seconds and 500 MB. Time is counted by the processor, so that a busy
 * machine refuses nothing, and every name that comes out pays for twenty times what it takes on a machine of 2024: a million
 * names pass on a slow one, and what burns time without giving names does not. The largest file unpacks to 200 MB of text.
 */
export const readerLimits: ReaderLimits = {
  cpuMs: 9000,
  cpuMsPerName: 0.04,
  paidNames: 1_000_000,
  rejectedRows: 1_000_000,
  memoryBytes: 440 << 20,
  heapMb: 320,
  output: 256 << 20,
  idleMs: 60_000,
};

/** What a reading has used so far. */
export interface ReaderUse {
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly names: number;
  readonly rejectedRows: number;
  readonly output: number;
  /** How long it has done nothing although somebody waits for it. */
  readonly idleMs: number;
}

/** Tells which limit a reading has crossed, if any. */
export function limitCrossed(use: ReaderUse, limits: ReaderLimits): StopReason | undefined {
  if (use.memoryBytes > limits.memoryBytes) return "needsTooMuchMemory";
  if (use.output > limits.output || use.rejectedRows > limits.rejectedRows) return "holdsTooMuch";
  const paid = Math.min(use.names, limits.paidNames) * limits.cpuMsPerName;
  return use.cpuMs > limits.cpuMs + paid || use.idleMs > limits.idleMs ? "takesTooLong" : undefined;
}
