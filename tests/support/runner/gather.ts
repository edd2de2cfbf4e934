/**
 * Gathers what a process of a test is started from into few files, packages and all: finding and reading some thousand
 * modules is a third of what a short life of the program costs. The code is the compiler's, and every module believes to
 * stand where the compiler put it. The package itself is tried as it is, in tests/package.test.ts.
 */
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "rolldown";

/** What processes are started from, below the folder that the program is compiled into. */
const ENTRIES = ["main.js", "peyk-cli.js", "library.js", "lists/reader/reader-child.js"];

/** What holds machine code, starts threads of its own or is seldom needed. */
const APART = [/^pino$/, /^@resvg\//, /^pg$/, /^echarts\//];

/** Tells each module of ours where it stood. */
const ownPlaces = (folder: string): Plugin => ({
  name: "own-places",
  transform: (code, id) =>
    id.startsWith(folder) && code.includes("import.meta.")
      ? code
          .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href))
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(id)))
      : undefined,
});

/** Puts a file that loads the gathered program in the place of each that a process is started from. */
export async function gatherIn(folder: string): Promise<void> {
  const gathered = join(folder, "gathered");
  const bundle = await rolldown({
    input: ENTRIES.map((entry) => join(folder, entry)),
    platform: "node",
    external: APART,
    treeshake: false,
    plugins: [ownPlaces(folder)],
  });
  await bundle.write({ dir: gathered, format: "esm", entryFileNames: "[name].js" });
  await bundle.close();
  for (const entry of ENTRIES) {
    const place = relative(dirname(join(folder, entry)), join(gathered, basename(entry)));
    await writeFile(
      join(folder, entry),
      `export * from "${place.startsWith(".") ? place : `./${place}`}";\n`,
    );
  }
}
