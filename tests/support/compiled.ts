/** Compiles a source file and what it imports, so that a child process of the test can run it as the product would. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

export interface Compiled extends AsyncDisposable {
  /** Path of the compiled JavaScript file. */
  readonly path: string;
}

/** @param source Path below `src`, e.g. `storage/files/lease.ts` */
export async function compile(source: string): Promise<Compiled> {
  await mkdir(join(root, "build"), { recursive: true }); // inside the repository, where packages are found
  const folder = await mkdtemp(join(root, "build", "test-"));
  const config = join(folder, "tsconfig.json");
  const upwards = relative(folder, root);
  const settings = {
    extends: `${upwards}/tsconfig.build.json`,
    compilerOptions: { outDir: ".", rootDir: `${upwards}/src`, declaration: false, sourceMap: false },
    include: [],
    files: [`${upwards}/src/${source}`],
  };
  await writeFile(config, JSON.stringify(settings));
  await promisify(execFile)(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", config]);
  return {
    path: join(folder, source.replace(/\.ts$/, ".js")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
