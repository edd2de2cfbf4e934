/**
 * How one person is taken out of files, or what they hold of one person is given: the same rules go through either pen.
 * Files are written anew each as a whole: a stop in between leaves the old one or the new one.
 */
import { createReadStream } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { ChangeLine } from "../../ports/erased/person-match.ts";

/** Complete lines of a log, without their newlines; a line that was only half written is nobody's. */
export async function* wholeLines(path: string): AsyncGenerator<string> {
  let held: Buffer = Buffer.alloc(0);
  const pieces: AsyncIterable<Buffer> = createReadStream(path);
  for await (const piece of pieces) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    let start = 0;
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10, start)) {
      yield held.toString("utf8", start, end);
      start = end + 1;
    }
    held = held.subarray(start);
  }
}

export interface Pen {
  /** A log. @param more Lines that come behind all others */
  lines(path: string, change: ChangeLine, more?: readonly object[]): Promise<void>;
  /** A log that is made unreadable in places, and is nobody's to be given. */
  hidden(path: string, change: ChangeLine): Promise<void>;
  /** A log whose lines are about many people. @param theirs What of a line is about the person */
  shared(path: string, change: ChangeLine, theirs: (value: unknown) => readonly unknown[]): Promise<void>;
  /** A document, or another file that is JSON as a whole. */
  json(path: string, change: ChangeLine): Promise<void>;
  /** A text in the place of a file's. @param held What of the file is the person's */
  replace(path: string, text: string, held: unknown): Promise<void>;
  /** Bytes of the same length in the place of a file's, which somebody may have open. */
  overwrite(path: string, bytes: Buffer): Promise<void>;
  remove(path: string): Promise<void>;
  /** For a store that forgets by itself. @param found What it holds of the person, as it is given */
  byItself(
    path: string,
    forget: () => Promise<unknown>,
    found: () => Promise<readonly unknown[]>,
  ): Promise<void>;
}

/** @param beforeStep Called before each file is written; throwing stops it there */
export function writingPen(beforeStep: () => void): Pen {
  const lines: Pen["lines"] = async (path, change, more = []) => {
    const isOther = more.length > 0 || (await hasOther(path, change));
    if (!isOther) return;
    beforeStep();
    await writeFileAtomically(path, changedLines(path, change, more));
  };
  return {
    lines,
    hidden: (path, change) => lines(path, change),
    shared: (path, change) => lines(path, change),
    async json(path, change) {
      const value = await jsonIn(path);
      const next = value === undefined ? undefined : change(value);
      if (next === undefined || JSON.stringify(next) === JSON.stringify(value)) return;
      beforeStep();
      await writeFileAtomically(path, `${JSON.stringify(next, null, 2)}\n`);
    },
    async replace(path, text) {
      beforeStep();
      await writeFileAtomically(path, text);
    },
    async overwrite(path, bytes) {
      beforeStep();
      await using file = await open(path, "r+");
      await file.write(bytes, 0, bytes.length, 0);
      await file.sync();
    },
    async remove(path) {
      beforeStep();
      await rm(path, { recursive: true, force: true });
    },
    async byItself(_, forget) {
      beforeStep();
      await forget();
    },
  };
}

const nothing = (): Promise<void> => Promise.resolve();

/** Writes nothing: what would change or go is handed out as it stands. */
export function givingPen(give: (path: string, value: unknown) => void): Pen {
  return {
    async lines(path, change) {
      for await (const line of linesOrNone(path)) {
        const value = parsed(line) ?? line;
        if (JSON.stringify(change(value)) !== JSON.stringify(value)) give(path, value);
      }
    },
    hidden: nothing,
    async shared(path, _, theirs) {
      for await (const line of linesOrNone(path)) for (const one of theirs(parsed(line))) give(path, one);
    },
    async json(path, change) {
      const [before, after] = [await jsonIn(path)].flatMap((value) => [value, change(value)]);
      for (const [name, value] of entriesOf(before))
        if (JSON.stringify(value) !== JSON.stringify(new Map(entriesOf(after)).get(name)))
          give(path, { [name]: value });
    },
    async replace(path, _, held) {
      give(path, held);
    },
    overwrite: nothing,
    remove: nothing,
    async byItself(path, _, found) {
      for (const one of await found()) give(path, one);
    },
  };
}

/** Of a document its value's fields, for what else is in it may be other people's. */
function entriesOf(document: unknown): readonly (readonly [string, unknown])[] {
  const value: unknown =
    typeof document === "object" && document !== null && "value" in document ? document.value : document;
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function changed(line: string, change: ChangeLine): string | undefined {
  const value = parsed(line);
  const next = change(value ?? line);
  if (next === undefined) return undefined;
  if (next === value || next === line) return line;
  return typeof next === "string" && value === undefined ? next : JSON.stringify(next);
}

async function hasOther(path: string, change: ChangeLine): Promise<boolean> {
  for await (const line of linesOrNone(path)) if (changed(line, change) !== line) return true;
  return false;
}

async function* changedLines(
  path: string,
  change: ChangeLine,
  more: readonly object[],
): AsyncGenerator<string> {
  for await (const line of linesOrNone(path)) {
    const next = changed(line, change);
    if (next !== undefined) yield `${next}\n`;
  }
  for (const one of more) yield `${JSON.stringify(one)}\n`;
}

/** A file that is not there has none. */
async function* linesOrNone(path: string): AsyncGenerator<string> {
  try {
    yield* wholeLines(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

async function jsonIn(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isAbsent(error)) return "";
    throw error;
  });
  return parsed(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
