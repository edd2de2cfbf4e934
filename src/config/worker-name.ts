/** What a process is called among those that share a database. */
import { z } from "zod";
import { says } from "./config-fields.ts";

export interface Worker {
  readonly wanted: string;
  /** A number follows in any case: one machine may run several. */
  readonly isNumbered: boolean;
}

/** Short enough to stand in a line beside what the process does. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,39}$/u;

export function workerName(): z.ZodType<string, string> {
  return z.string().regex(NAME, says("notWorkerName"));
}

/** @param host The name of the machine, which may be none that fits into a line */
export function workerOf(name: string | undefined, host: string): Worker {
  if (name !== undefined) return { wanted: name, isNumbered: false };
  const [machine = ""] = host.split(".");
  return { wanted: NAME.test(machine) ? machine : "peyk", isNumbered: true };
}
