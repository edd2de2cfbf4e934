import { resolve } from "node:path";
import { ValidationError } from "../domain/errors.ts";

/**
 * Writes the file that `--out` names.
 * @param write Gets the whole path; absent where none was named
 * @throws {ValidationError} when it can't be written there, with its name and why
 */
export async function writtenTo<T>(
  out: string | undefined,
  write: (place: { readonly path?: string }) => Promise<T>,
): Promise<T> {
  if (out === undefined) return write({});
  return write({ path: resolve(out) }).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new ValidationError(`--out ${out} can't be written (${code}).`);
  });
}
