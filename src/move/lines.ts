/** The lines of a log that nobody writes to meanwhile, parsed, some at a time, so that whoever takes them in sets the pace. */
import { lineStream } from "../lib/log/line-stream.ts";
import { CorruptLogError } from "../lib/log/log-lines.ts";

/**
 * A file that is not there has none; what a crash left of a last line counts for nothing.
 * @throws {CorruptLogError} naming file and line that `parse` threw at
 */
export async function* parsedLines<T>(
  path: string,
  parse: (line: string) => T,
): AsyncGenerator<readonly T[]> {
  let number = 0;
  for await (const lines of lineStream(path))
    yield lines.map((line) => {
      number++;
      try {
        return parse(line);
      } catch (error) {
        throw new CorruptLogError(path, number, error);
      }
    });
}

/** The same one by one, for files of few lines. */
export async function allLines<T>(path: string, parse: (line: string) => T): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const lines of parsedLines(path, parse)) all.push(...lines);
  return all;
}

/** Cuts what comes in pieces of any size into pieces of at most so many. */
export async function* inBatches<T>(
  pieces: AsyncIterable<readonly T[]> | Iterable<readonly T[]>,
  most: number,
): AsyncGenerator<readonly T[]> {
  let held: T[] = [];
  for await (const piece of pieces)
    for (const one of piece) {
      held.push(one);
      if (held.length < most) continue;
      yield held;
      held = [];
    }
  if (held.length > 0) yield held;
}

/** Pieces of one each. */
export async function* inOnes<T>(all: AsyncIterable<T> | Iterable<T>): AsyncGenerator<readonly T[]> {
  for await (const one of all) yield [one];
}
