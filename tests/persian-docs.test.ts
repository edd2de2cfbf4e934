/** Each Persian page stands beside an English one, says as much in the same order, and each leads to the other. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const docs = join(import.meta.dirname, "../docs");
const pages = readdirSync(join(docs, "fa"));

function textOf(...path: string[]): string {
  return readFileSync(join(docs, ...path), "utf8");
}

/** Its headings by level, its blocks of code by language, in order. */
function outline(page: string): readonly string[] {
  const parts: string[] = [];
  let isCode = false;
  for (const line of page.split("\n")) {
    if (line.startsWith("```")) {
      isCode = !isCode;
      if (isCode) parts.push(line);
    } else if (!isCode && /^#+ /.test(line)) parts.push(/^#+/.exec(line)?.[0] ?? "");
  }
  return parts;
}

test.each(pages)("%s has the headings and the blocks of code of its English edition", (page) => {
  expect(outline(textOf("fa", page))).toEqual(outline(textOf(page)));
});

/** Settings and options that it names. */
function named(page: string): string[] {
  return [...page.matchAll(/`(--[a-z][a-z-]+|[A-Z]{3,}_[A-Z_]+)/g)].map(([, name = ""]) => name);
}

test.each(pages)("%s names every setting and option of its English edition", (page) => {
  const here = new Set(named(textOf("fa", page)));
  expect(named(textOf(page)).filter((name) => !here.has(name))).toEqual([]);
});

test.each(pages)("%s and its English edition lead to each other", (page) => {
  expect(textOf(page)).toContain(`(fa/${page})`);
  expect(textOf("fa", page)).toContain(`(../${page})`);
});

test("no link in a Persian page or README leads nowhere", () => {
  const places = [...pages.map((page) => join("fa", page)), join("..", "README.fa.md")];
  const dead = places.flatMap((place) => {
    const from = join(docs, place, "..");
    const links = [...textOf(place).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to]) => to ?? "");
    return links.filter((to) => !existsSync(join(from, to))).map((to) => `${place}: ${to}`);
  });
  expect(dead).toEqual([]);
});

test("README.fa.md leads to every Persian page", () => {
  const readme = textOf("..", "README.fa.md");
  expect(pages.filter((page) => !readme.includes(`(docs/fa/${page})`))).toEqual([]);
});
