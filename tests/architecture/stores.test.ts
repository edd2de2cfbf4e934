/** Whoever starts a Peyk in a test says on which store: no suite is left to one of them because nobody thought of the other. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { onBoth, onFiles } from "../support/runner/store-suites.ts";

const root = join(import.meta.dirname, "../..");

/** By what a test starts a Peyk or keeps what one keeps: in its own process, compiled, or in the store of its run. */
const starters = new Set([
  "src/composition/command-line.ts",
  "src/composition/core.ts",
  "src/composition/open-look.ts",
  "src/library.ts",
  "tests/support/own-store.ts",
  "tests/support/runner/compiled.ts",
]);

const testFiles = ["src", "tests"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join(folder, file).replaceAll("\\", "/")),
);

const loaded = new Map<string, readonly string[]>();

/** What a file loads of the repository's own. */
function loadedBy(file: string): readonly string[] {
  const known = loaded.get(file);
  if (known) return known;
  const text = readFileSync(join(root, file), "utf8");
  const imports = text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gm);
  const found = [...imports].map(([, to = ""]) => join(dirname(file), to).replaceAll("\\", "/"));
  loaded.set(file, found);
  return found;
}

/** Tells by what it loads, and what the tests' own files among that load, whether a test starts a Peyk. */
function startsPeyk(file: string): boolean {
  const seen = new Set([file]);
  for (const one of seen)
    if (one === file || one.startsWith("tests/")) for (const next of loadedBy(one)) seen.add(next);
  return [...starters].some((starter) => seen.has(starter));
}

const listed = [...onBoth, ...Object.values(onFiles).flat()];

const starting = testFiles.filter(startsPeyk);

test("every test that starts a Peyk runs on both stores, or says why on one", () => {
  expect(starting.length).toBeGreaterThan(40);
  expect(starting.filter((file) => !listed.includes(file))).toEqual([]);
});

test("none of them stands in two places, and whoever stands there starts one", () => {
  expect(listed.filter((file, index) => listed.indexOf(file) !== index)).toEqual([]);
  expect(listed.filter((file) => !starting.includes(file))).toEqual([]);
});

test("whatever keeps its things as the run says runs on both", () => {
  // Its text asks for the store of the run, so what it finds on the other one is worth knowing.
  const asking = testFiles.filter((file) =>
    /\b(?:ownStore|isOnPostgres)\(/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(asking.length).toBeGreaterThan(3);
  expect(asking.filter((file) => !onBoth.includes(file))).toEqual([]);
});
