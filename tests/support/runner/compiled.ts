/** A compiled source file, so that a child process of a test can run it as the product would. */
import { join } from "node:path";
import { inject } from "vitest";
import { compileInto } from "./compile-once.ts";

export interface Compiled {
  /** Path of the compiled JavaScript file. */
  readonly path: string;
}

/** @param source Path below `src`, e.g. `storage/files/folder/lease.ts` */
export async function compile(source: string): Promise<Compiled> {
  const folder = inject("compiledTo");
  await compileInto(folder);
  return { path: join(folder, source.replace(/\.ts$/, ".js")) };
}
