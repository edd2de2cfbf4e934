import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Page } from "../source.ts";
import { openSimulatedCreators } from "./simulated-creators.ts";

const clock = createVirtualClock();
const never = new AbortController().signal;

async function walk(query: string): Promise<Page[]> {
  const source = openSimulatedCreators({ clock });
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

async function people(query: string): Promise<Set<string>> {
  return new Set((await walk(query)).flatMap(({ leads }) => leads.map(({ id }) => id)));
}

test("has the same people behind the same words, some of them twice, and ends", async () => {
  const [once, again] = [await walk("coffee"), await walk("coffee")];
  expect(again).toEqual(once);
  const rows = once.flatMap(({ leads }) => leads);
  const ids = new Set(rows.map(({ id }) => id));
  expect(ids.size).toBeGreaterThan(200);
  expect(ids.size).toBeLessThan(rows.length);
  expect(new Set(rows.map(({ username }) => username)).size).toBe(ids.size);
});

test("knows other people behind other words, and some of the same", async () => {
  const searches: Set<string>[] = [];
  for (const query of ["coffee", "tea", "bread", "chess", "قهوه"]) searches.push(await people(query));
  const all = new Set(searches.flatMap((ids) => [...ids]));
  const total = searches.reduce((sum, { size }) => sum + size, 0);
  expect(all.size).toBeLessThan(total);
  expect(all.size).toBeGreaterThan(Math.max(...searches.map(({ size }) => size)));
});

test("refuses a cursor it never gave and words that are none", async () => {
  const source = openSimulatedCreators({ clock });
  const refused = await clock.runUntil(source.page({ query: "coffee", cursor: "9999" }, never));
  expect(refused.kind).toBe("badCursor");
  expect(source.parseTarget("  ")).toEqual({ ok: false, problem: "empty" });
  expect(source.parseTarget(" Coffee  Shop ")).toEqual({ ok: true, query: "coffee shop" });
});

test("stops when it is told to", async () => {
  const source = openSimulatedCreators({ clock });
  await expect(source.page({ query: "coffee" }, AbortSignal.abort(new Error("stopped")))).rejects.toThrow(
    "stopped",
  );
});
