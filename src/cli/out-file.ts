import { resolve } from "node:path";
import type { ResultsFile } from "../app/campaigns/results-file.ts";
import { SaidError } from "../words/said-error.ts";
import type { Words } from "../words/words.ts";
import type { Output } from "./output.ts";

/** Where `--out` leads. */
export type OutPlace = Pick<ResultsFile, "path" | "into">;

interface OutRequest {
  readonly out: string | undefined;
  readonly output: Pick<Output, "isJson" | "pour">;
  readonly words: Pick<Words, "plain">;
}

/**
 * Writes the file that `--out` names; `-` is standard output, which then holds nothing else.
 * @param write Gets the place; without a path where none was named
 * @throws {SaidError} when it can't be written there, with its name and why
 */
export async function writtenTo<T>(
  { out, output, words }: OutRequest,
  write: (place: OutPlace) => Promise<T>,
): Promise<T> {
  if (out === undefined) return write({});
  if (out === "-") {
    if (output.isJson) throw new SaidError(words.plain("cli-out-twice"));
    return write({ into: (piece) => output.pour(piece) });
  }
  return write({ path: resolve(out) }).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new SaidError(words.plain("cli-out-failed", { file: out, code }));
  });
}
