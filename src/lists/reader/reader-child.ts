/**
 * The program that reads one list, in a process that nothing else depends on: takes the job from its input, says frames.
 * It has no secrets, writes no file, and whatever becomes of it is the business of whoever started it.
 */
import { once } from "node:events";
import { Socket } from "node:net";
import { setPriority } from "node:os";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { ReadingStopped } from "../list-reader.ts";
import { BrokenList, ListTooLarge } from "../row.ts";
import type { Frame } from "./frames.ts";
import { LONGEST_FRAME, jobSchema } from "./frames.ts";
import { createInProcessReader } from "./in-process-reader.ts";
import { FRAMES_FD } from "./pipes.ts";

/** Between the usual 0 and the least, 19: whoever answers chats goes first where processors are few. */
const PRIORITY = 5;

setPriority(PRIORITY);
const vitalSigns = new Worker(new URL(import.meta.url.replace("reader-child", "vital-signs")));
const pipe = new Socket({ fd: FRAMES_FD, readable: false, writable: true });

async function say(frame: Frame): Promise<void> {
  const line = JSON.stringify(frame);
  if (line.length >= LONGEST_FRAME) throw new ReadingStopped("holdsTooMuch");
  if (!pipe.write(`${line}\n`)) await once(pipe, "drain");
}

async function read(): Promise<void> {
  const { input, ...options } = jobSchema.parse(JSON.parse(await text(process.stdin)));
  const opened = await createInProcessReader().read(input, options);
  if ("question" in opened) return say({ kind: "question", question: opened.question });
  if ("problem" in opened) return say({ kind: "problem", problem: opened });
  const { columns, readFrom, batches, leftOut } = opened;
  await say({ kind: "open", columns: [...columns], readFrom });
  for await (const { names, rejected, duplicates } of batches)
    await say({
      kind: "rows",
      names: names.map(({ username, values }) => ({ username, values: [...values] })),
      rejected: [...rejected],
      duplicates,
    });
  await say({ kind: "end", leftOut });
}

function failure(error: unknown): Frame {
  if (error instanceof BrokenList) {
    const { format, line } = error;
    return { kind: "broken", format, ...(line === undefined ? {} : { line }) };
  }
  if (error instanceof ListTooLarge) return { kind: "stopped", reason: "holdsTooMuch" };
  const { reason, line } = error instanceof ReadingStopped ? error : { reason: "failed" as const };
  return { kind: "stopped", reason, ...(line === undefined ? {} : { line }) };
}

await read().catch((error: unknown) => say(failure(error)));
pipe.end();
await once(pipe, "finish");
await vitalSigns.terminate();
