import { cleanList } from "../clean-list.ts";
import type { CleanBatch, ListReader, OpenReading, ReadOptions } from "../list-reader.ts";
import type { OpenedList } from "../open-list.ts";
import { openList } from "../open-list.ts";
import { shownPart } from "./shown-part.ts";

/** Makes a reader that works where it is called: for a process of its own, and for tests. */
export function createInProcessReader(): ListReader {
  return {
    async read(input, { choices, ...options } = {}) {
      options.signal?.throwIfAborted();
      const opened = await openList(input, choices);
      if ("rows" in opened) return readingOf(opened, options);
      return "question" in opened ? { question: shownPart(opened.question) } : opened;
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Rows that are in memory or in stores already, cleaned the way every list is. */
export function readingOf(
  opened: OpenedList,
  { signal, hasShortNames }: Omit<ReadOptions, "choices"> = {},
): OpenReading {
  const batches = untilAborted(cleanList(opened, hasShortNames), signal);
  const { columns, readFrom, leftOut } = opened;
  return {
    columns,
    readFrom,
    leftOut,
    batches,
    [Symbol.asyncDispose]: async () => void (await batches.return(undefined)),
  };
}

async function* untilAborted(
  batches: AsyncGenerator<CleanBatch>,
  signal: AbortSignal | undefined,
): AsyncGenerator<CleanBatch> {
  for await (const batch of batches) {
    signal?.throwIfAborted();
    yield batch;
  }
}
