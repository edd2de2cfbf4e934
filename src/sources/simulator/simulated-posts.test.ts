import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { authorOf } from "../../domain/collecting/post.ts";
import type { Page } from "../source.ts";
import { openSimulatedPosts } from "./simulated-posts.ts";

const clock = createVirtualClock();
const never = new AbortController().signal;

async function walk(query: string): Promise<Page[]> {
  const source = openSimulatedPosts({ clock });
  const pages: Page[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await clock.runUntil(
      source.page({ query, ...(cursor === undefined ? {} : { cursor }) }, never),
    );
    if (page.kind !== "page") throw new Error(page.kind);
    pages.push(page);
    cursor = page.next;
  }
  return pages;
}

test("finds the same posts by the same search, some twice, on short and empty pages, and ends", async () => {
  const [once, again] = [await walk("#coffee"), await walk("#coffee")];
  expect(again).toEqual(once);
  const rows = once.flatMap(({ leads }) => leads);
  const ids = new Set(rows.map(({ id }) => id));
  expect(ids.size).toBeGreaterThan(500);
  expect(rows.length).toBeGreaterThan(ids.size);
  expect(new Set(rows.map(authorOf)).size).toBeLessThan(ids.size);
  expect(rows.every(({ details }) => details?.["post"]?.includes("#coffee"))).toBe(true);
  const sizes = new Set(
    (await Promise.all(["#a", "#b", "#c"].map(walk))).flat().map(({ rows: count }) => count),
  );
  expect(sizes.size).toBeGreaterThan(2);
});
