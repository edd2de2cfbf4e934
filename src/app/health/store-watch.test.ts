import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { StoreNews } from "../../engine/store-away.ts";
import type { StoreWord } from "./store-watch.ts";
import { createStoreWatch } from "./store-watch.ts";

test("an absence is told once when it lasts, with its end, and a blink is not", async () => {
  const clock = createVirtualClock();
  const listeners = new Set<(news: StoreNews) => void>();
  const away = {
    isAway: false,
    watch: (listener: (news: StoreNews) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const tell = (news: StoreNews): void => listeners.forEach((listener) => listener(news));
  const heard: StoreWord[] = [];
  const unwatch = createStoreWatch({ away, clock })((word) => heard.push(word));
  tell({ kind: "away", why: "pgUnreachable" });
  await clock.advance(1000);
  tell({ kind: "back", isAnew: false, afterMs: 1000 });
  await clock.advance(60_000);
  expect(heard).toEqual([]);
  tell({ kind: "away", why: "pgUnreachable" });
  await clock.advance(20_000);
  tell({ kind: "back", isAnew: false, afterMs: 20_000 });
  await clock.advance(60_000);
  expect(heard).toEqual([{ kind: "away" }, { kind: "back", seconds: 20 }]);
  unwatch();
  expect([listeners.size, clock.pending]).toEqual([0, 0]);
});
