import { expect, test } from "vitest";
import { createMemorySubscribers } from "../../../tests/support/memory-subscribers.ts";
import { createMemorySuppression } from "../../../tests/support/memory-suppression.ts";
import { listedAs } from "./listed.ts";

test("whoever is on the list under an earlier name is on it under today's, on Telegram and nowhere else", async () => {
  const ali = { id: 7, firstName: "Ali", state: "active", at: 1 } as const;
  const subscribers = createMemorySubscribers([{ ...ali, username: "ali" }]);
  const suppression = createMemorySuppression();
  await suppression.add(["ali"], { reason: "blocked", at: 1 });
  await subscribers.change(7, () => ({ ...ali, username: "ali_new" }));
  const listed = (channel: string, name: string) => listedAs({ suppression, subscribers }, channel, name);
  expect(await Promise.all(["ali", "ali_new", "id7"].map((name) => listed("telegram", name)))).toEqual(
    Array.from({ length: 3 }, () => "suppressed"),
  );
  expect([await listed("x", "ali_new"), await listed("telegram", "sara")]).toEqual([undefined, undefined]);
});
