/** CONTRIBUTING leads a reader through the code one file after another: each is there, and no way is long. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const MOST_FILES = 10;

const chapterOf = (text: string): string =>
  /\n## Following one thing through the code\n(.*?)\n## /s.exec(text)?.[1] ?? "";

/** The files of each way, by its heading. */
function waysIn(chapter: string): Map<string, readonly string[]> {
  const ways = chapter.split(/^### /m).slice(1);
  return new Map(
    ways.map((way) => [
      way.slice(0, way.indexOf("\n")),
      [...way.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = ""]) => file),
    ]),
  );
}

const chapter = chapterOf(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"));
const ways = waysIn(chapter);

test.each(["One message", "One opt-out", "One crash", "One page of leads"])(
  "%s can be followed from file to file",
  (name) => {
    const files = ways.get(name) ?? [];
    expect(files.length).toBeGreaterThan(3);
    expect(files.length).toBeLessThanOrEqual(MOST_FILES);
    expect(new Set(files).size).toBe(files.length);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  },
);

test("every other file that a step names is there too: from the root, or beside the step's own", () => {
  const lost = chapter.split("\n").flatMap((step) => {
    const [first = "", ...others] = [...step.matchAll(/`([^`\s]+\.ts)`/g)].map(([, file = ""]) => file);
    return others.filter(
      (one) => !existsSync(join(root, one.includes("/") ? one : join(dirname(first), one))),
    );
  });
  expect(lost).toEqual([]);
});
