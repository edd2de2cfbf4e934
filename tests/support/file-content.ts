/** The contents of files, as stores take them in and give them out. */
import type { MadeFile } from "../../src/lib/files/made-file.ts";
import type { StoredFile } from "../../src/storage/ports/files.ts";

/** A content in these pieces; an error breaks it off there. */
export async function* pieces(...parts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

/** Reads a stored file from its start. */
export async function textOf(file: StoredFile | undefined): Promise<string | undefined> {
  if (!file) return undefined;
  const read: Uint8Array[] = [];
  for await (const piece of file.open()) read.push(piece);
  return Buffer.concat(read).toString("utf8");
}

/** Makes a file that was asked for, and reads it to its end. */
export async function bytesOf({ open }: Pick<MadeFile, "open">): Promise<Buffer> {
  const made: Buffer[] = [];
  for await (const piece of open()) made.push(Buffer.from(piece));
  return Buffer.concat(made);
}

export async function contentOf(file: Pick<MadeFile, "open">): Promise<string> {
  return (await bytesOf(file)).toString("utf8");
}
