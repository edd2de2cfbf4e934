#!/usr/bin/env node
/** The `peyk` command: gives the command line what it needs of this process, and ends with its exit code. */
import { terminalFrom } from "./config.ts";
import { runProgram } from "./cli/program.ts";
import type { TextSink } from "./cli/program-parts.ts";
import { FAILED } from "./cli/program-parts.ts";
import { problemText } from "./lib/text/plain-text.ts";
import { outliveReaders, stopSignal } from "./lib/stop-signals.ts";
import { programParts } from "./composition/command-line.ts";

/** A terminal that can't say how wide it is. */
const COLUMNS = 80;

function sink(stream: NodeJS.WriteStream): TextSink {
  outliveReaders(stream);
  const { isTTY, columns } = stream;
  const { isBidirectional } = terminalFrom();
  return {
    write: (text) => void stream.write(text),
    // A reader that is gone takes no more, and keeps nobody waiting.
    pour: (piece) => new Promise((done) => void stream.write(piece, () => done())),
    ...(isTTY ? { columns: columns || COLUMNS, isBidirectional } : {}),
  };
}

/** A question to whoever sits at the terminal; the end of what is typed is an empty answer. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((done) => void lines.once("close", () => done("")));
  try {
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}

process.umask(0o077); // what it writes is for this user alone
const streams = { out: sink(process.stdout), err: sink(process.stderr) };
try {
  const parts = programParts({
    ...streams,
    interrupted: stopSignal(),
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
  });
  process.exitCode = await runProgram(process.argv.slice(2), parts);
} catch (error) {
  // Node itself would print it raw.
  streams.err.write(
    `${problemText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  process.exitCode = FAILED;
}
