import { resolve } from "node:path";
import PQueue from "p-queue";
import type { CleanBatch, ListReader, OpenReading } from "../list-reader.ts";
import { ReadingStopped } from "../list-reader.ts";
import type { ListInput, OpeningProblem } from "../open-list.ts";
import type { LeftOut, ListAsked } from "../reading.ts";
import { nothingLeftOut } from "../reading.ts";
import { BrokenList } from "../row.ts";
import type { Frame } from "./frames.ts";
import type { ReaderLimits } from "./limits.ts";
import { ReadingProcess } from "./reading-process.ts";

/** Lists read at the same time; more would only share the same processors, and each may hold hundreds of MB. */
const AT_ONCE = 2;

export interface ProcessReaderOptions {
  /** The program that reads, see reader-child.ts. */
  readonly script: string;
  readonly limits: ReaderLimits;
}

/** Makes a reader that has each list read by a process of its own. Disposing of it ends those that are at work. */
export function createProcessReader({ script, limits }: ProcessReaderOptions): ListReader {
  const slots = new PQueue({ concurrency: AT_ONCE });
  const stopped = new AbortController();
  const running = new Set<Work>();
  return {
    async read(input, { choices = {}, hasShortNames = false, signal } = {}) {
      const until = AbortSignal.any([stopped.signal, ...(signal ? [signal] : [])]);
      const free = await slotOf(slots, until);
      const child = new ReadingProcess(script, { input: absolute(input), choices, hasShortNames }, limits);
      const work: Work = { child, until, onEnd: () => (running.delete(work), free()) };
      running.add(work);
      return begin(work);
    },
    async [Symbol.asyncDispose]() {
      stopped.abort(new Error("the program stops"));
      await Promise.all([...running].map(({ child }) => child[Symbol.asyncDispose]()));
    },
  };
}

/** Waits for a place among those who read; answers what gives it back. */
function slotOf(slots: PQueue, signal: AbortSignal): Promise<() => void> {
  return new Promise((take, refuse) => {
    slots.add(() => new Promise<void>((free) => take(free)), { signal }).catch(refuse);
  });
}

/** The process has a folder of its own to work in. */
function absolute(input: ListInput): ListInput {
  return input.kind === "file" ? { ...input, path: resolve(input.path) } : input;
}

interface Work {
  readonly child: ReadingProcess;
  readonly until: AbortSignal;
  readonly onEnd: () => void;
}

async function begin(work: Work): Promise<OpenReading | OpeningProblem | ListAsked> {
  const frames = framesUntil(work);
  try {
    const first = await frames.next();
    const answer = answerIn(first.done === true ? undefined : first.value);
    if (answer.kind === "open") return reading(work, answer, frames);
    await end(work, frames);
    return answer.kind === "problem" ? answer.problem : { question: answer.question };
  } catch (error) {
    await end(work, frames);
    throw error;
  }
}

async function end(work: Work, frames: AsyncGenerator<Frame>): Promise<void> {
  await work.child[Symbol.asyncDispose]();
  await frames.return(undefined);
  work.onEnd();
}

/** What the process says, until the signal fires; then its reason is thrown. */
async function* framesUntil({ child, until }: Work): AsyncGenerator<Frame> {
  const kill = (): void => void child[Symbol.asyncDispose]();
  until.addEventListener("abort", kill, { once: true });
  try {
    until.throwIfAborted();
    yield* child.frames();
  } catch (error) {
    until.throwIfAborted();
    throw error;
  } finally {
    until.removeEventListener("abort", kill);
  }
}

function answerIn(frame: Frame | undefined): Extract<Frame, { kind: "open" | "problem" | "question" }> {
  if (frame?.kind === "open" || frame?.kind === "problem" || frame?.kind === "question") return frame;
  throw failureIn(frame);
}

function failureIn(frame: Frame | undefined): Error {
  if (frame?.kind === "broken") return new BrokenList(frame.format, frame.line);
  return frame?.kind === "stopped"
    ? new ReadingStopped(frame.reason, frame.line)
    : new ReadingStopped("failed");
}

function reading(
  work: Work,
  { columns, readFrom }: Extract<Frame, { kind: "open" }>,
  frames: AsyncGenerator<Frame>,
): OpenReading {
  const leftOut = nothingLeftOut();
  return {
    columns,
    readFrom,
    leftOut,
    batches: batchesIn(frames, leftOut),
    [Symbol.asyncDispose]: () => end(work, frames),
  };
}

async function* batchesIn(frames: AsyncGenerator<Frame>, leftOut: LeftOut): AsyncGenerator<CleanBatch> {
  for await (const frame of frames) {
    if (frame.kind === "rows") yield frame;
    else if (frame.kind === "end") return void Object.assign(leftOut, frame.leftOut);
    else throw failureIn(frame);
  }
}
