/** Reading a document's file: what fits is a value, everything else an error that leaves the file as it is. */
import { access, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { ZodType } from "zod";
import { z } from "zod";
import type { Trouble } from "../trouble.ts";
import { syncFolder } from "./sync-folder.ts";

export interface DocumentFormat<T> {
  /** Format of the value; a file of any other version is not understood. */
  readonly version: number;
  /** What a value must look like, checked on reading and before writing. It may not transform. */
  readonly schema: ZodType<T>;
}

/** An id made up in place of a lost one would let a second Peyk start beside one that has this data, or a copy of it. */
const PUT_BACK =
  "Put it back from a backup. If there is none, stop every Peyk that uses this folder or a copy of it, delete the file, and start again.";

/** It has neither a version nor a value. */
export const NO_DOCUMENT: Flaw = ['it is no document, {"version", "value"}', { code: "noDocument" }];

/** One thing wrong with a file: in English for logs and programs, and for whoever runs Peyk. */
export type Flaw = readonly [english: string, trouble: Trouble];

/** A document's file can't be understood. Its content is untouched. */
export class BrokenDocumentError extends Error {
  override readonly name = "BrokenDocumentError";
  readonly path: string;
  /** What is wrong with it, in a few words. */
  readonly flaw: Flaw;
  readonly trouble: Trouble;

  /** @param isLost It tells which data this is, and nothing can stand in for it */
  constructor(path: string, flaw: Flaw, isLost = false) {
    const [english, what] = flaw;
    super(`${path} can't be used: ${english}${isLost ? `. ${PUT_BACK}` : ""}`);
    this.path = path;
    this.flaw = flaw;
    this.trouble = { code: isLost ? "identity" : "document", with: { path, what } };
  }
}

/**
 * Reads a document's value; undefined when there is no file.
 * @throws {BrokenDocumentError} naming path and problem
 */
export async function readDocument<T>(
  path: string,
  { version, schema }: DocumentFormat<T>,
): Promise<T | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw Object.assign(error, { path }); // which a failed reading does not say by itself
  });
  if (text === undefined) return undefined;
  const stored = z
    .object({ version: z.number(), value: z.unknown().optional() })
    .safeParse(parseJson(path, text));
  if (!stored.success) throw new BrokenDocumentError(path, NO_DOCUMENT);
  if (stored.data.version !== version)
    throw new BrokenDocumentError(path, [
      `its version is ${stored.data.version}, not ${version}`,
      { code: "otherVersion", with: { found: stored.data.version, known: version } },
    ]);
  return fitting(path, schema, stored.data.value);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BrokenDocumentError(path, ["it is not JSON", { code: "notJson" }]); // JSON.parse's own words would quote the content
  }
}

/** Answers the value when it fits, else throws a {@link BrokenDocumentError} with every place where it doesn't. */
export function fitting<T>(path: string, schema: ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "value"}: ${issue.message}`);
  const places = parsed.error.issues.map((issue) => issue.path.join(".") || "value");
  throw new BrokenDocumentError(path, [
    problems.join("; "),
    { code: "unfit", with: { text: places.join(", ") } }, // the schema's own words are English
  ]);
}

/** Keeps a file under the first free name `<path>.broken-<n>` and answers that name. */
export async function setAside(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const keptAs = `${path}.broken-${n}`;
    const isTaken = await access(keptAs).then(
      () => true,
      () => false,
    );
    if (isTaken) continue;
    await rename(path, keptAs);
    await syncFolder(dirname(path));
    return keptAs;
  }
}
