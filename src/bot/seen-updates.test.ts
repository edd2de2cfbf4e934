import { expect, test } from "vitest";
import type { Document, SeenUpdates } from "./documents.ts";
import { SeenUpdateIds } from "./seen-updates.ts";

function inMemory(initial: SeenUpdates = []): Document<SeenUpdates> {
  let value = initial;
  return { get: () => value, update: async (change) => void (value = change(value)) };
}

test("an update handled before a restart is known after it", async () => {
  const document = inMemory();
  await new SeenUpdateIds(document).add(7);
  const later = new SeenUpdateIds(document);
  expect(later.has(7)).toBe(true);
  expect(later.has(8)).toBe(false);
});

test("the last five hundred are kept, and a repeated one takes no place", async () => {
  const document = inMemory();
  const seen = new SeenUpdateIds(document);
  for (let id = 1; id <= 501; id += 1) await seen.add(id);
  await seen.add(501);
  expect(document.get()).toHaveLength(500);
  expect(seen.has(1)).toBe(false);
  expect(seen.has(2)).toBe(true);
});
