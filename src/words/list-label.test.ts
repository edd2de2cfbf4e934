import { expect, test } from "vitest";
import { listLabel, listLabels } from "./list-label.ts";

const by = (...queries: string[]): readonly string[] => queries;

test("calls a list by its keywords where its name lost their letters, and by its name elsewhere", () => {
  expect(listLabel("tiktok-coffee-shop", by("coffee shop"))).toBe("tiktok-coffee-shop");
  expect(listLabel("tiktok-776f6f47", by("قهوه"))).toBe("قهوه");
  expect(listLabel("tiktok-coffee-1b77e364", by("coffee", "چای", "چای"))).toBe("coffee · چای");
  expect(listLabel("tiktok-1b77e364", by("قهوه", "چای", "نان", "گل", "سیب"))).toBe("قهوه · چای · نان +2");
  expect(listLabel("tiktok-1b77e364", by("ق".repeat(90)))).toHaveLength(24);
});

test("keeps the names of lists that would be called alike", () => {
  const lists = [
    { list: "tiktok-1", queries: by("قهوه") },
    { list: "x-2", queries: by("قهوه") },
    { list: "x-3", queries: by("چای") },
  ];
  expect(listLabels(lists)).toEqual(["tiktok-1", "x-2", "چای"]);
});
