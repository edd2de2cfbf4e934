#!/usr/bin/env node
/** The `peyk` command: gives the command line what it needs of this process, and ends with its exit code. */
import { runProgram } from "./cli/program.ts";
import type { TextSink } from "./cli/surroundings.ts";
import { surroundingsOf } from "./cli-surroundings.ts";

/** A terminal that can't say how wide it is. */
const COLUMNS = 80;

function sink(stream: NodeJS.WriteStream): TextSink {
  stream.on("error", () => undefined); // whoever read along has gone (`peyk … | head`); the work goes on
  const { isTTY, columns } = stream;
  return { write: (text) => void stream.write(text), ...(isTTY ? { columns: columns || COLUMNS } : {}) };
}

/** Fires at the first signal; a second one ends the program at once, which costs nothing but a few doubts. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => controller.abort(new Error(signal)));
  return controller.signal;
}

process.umask(0o077); // what it writes is for this user alone
const streams = { out: sink(process.stdout), err: sink(process.stderr) };
process.exitCode = await runProgram(
  process.argv.slice(2),
  surroundingsOf({ ...streams, interrupted: interruption() }),
);
