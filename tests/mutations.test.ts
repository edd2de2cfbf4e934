/** Keeps the list of promises to break (`npm run mutate`) at the code as it is. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutations } from "../scripts/mutations/all.ts";

const root = join(import.meta.dirname, "..");

test("each change that breaks a promise fits one place of the code", () => {
  const unfit = mutations.filter(({ file, from }) => {
    const text = readFileSync(join(root, "src", file), "utf8");
    return text.split(from).length !== 2;
  });
  expect(unfit.map(({ what }) => what)).toEqual([]);
});

test("the tests that notice are there", () => {
  const named = mutations.flatMap(({ seenBy }) => (seenBy === "types" ? [] : seenBy));
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
