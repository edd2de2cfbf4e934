import { resolve } from "node:path";
import type { MadeFile } from "../lib/files/made-file.ts";
import { writeMade } from "../lib/files/made-file.ts";
import { SaidError } from "../words/said-error.ts";
import type { Words } from "../words/words.ts";
import type { Output } from "./output.ts";
import type { LookedAt } from "./program-parts.ts";

interface OutRequest extends Pick<LookedAt, "keep"> {
  readonly out: string | undefined;
  readonly output: Pick<Output, "isJson" | "pour">;
  readonly words: Pick<Words, "plain">;
}

/** Stands for standard output, in `--out` and in what is answered. */
export const NO_FILE = "-";

/**
 * Writes a file where `--out` says: to standard output, which then holds nothing else, to the file that it names or, where
 * it says nothing, where such files lie. Answers the path, or {@link NO_FILE}.
 * @throws {SaidError} when it can't be written there, with its name and why, or when JSON lines are written there already
 */
export async function writtenTo({ out, output, words, keep }: OutRequest, file: MadeFile): Promise<string> {
  if (out === undefined) return keep(file);
  if (out === NO_FILE) {
    if (output.isJson) throw new SaidError(words.plain("cli-out-twice"));
    for await (const piece of file.open()) await output.pour(piece);
    return NO_FILE;
  }
  const path = resolve(out);
  await writeMade(file, path).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new SaidError(words.plain("cli-out-failed", { file: out, code }));
  });
  return path;
}
