import { fileURLToPath } from "node:url";
import type { ListReader } from "../list-reader.ts";
import { createInProcessReader } from "./in-process-reader.ts";
import { readerLimits } from "./limits.ts";
import { createProcessReader } from "./process-reader.ts";

/**
 * The reader of the running program: a process for each list. Where a Node can't run the sources as they are, and something
 * else runs them for it, as tests do, there is no program that a process could be given; there lists are read here.
 */
export function openListReader(): ListReader {
  const isCompiled = import.meta.url.endsWith(".js");
  if (!isCompiled && !("typescript" in process.features)) return createInProcessReader();
  const script = new URL(isCompiled ? "./reader-child.js" : "./reader-child.ts", import.meta.url);
  return createProcessReader({ script: fileURLToPath(script), limits: readerLimits });
}
