import { expect, test } from "vitest";
import { drawEvents } from "./events.ts";

test("a seed draws the same events again, another seed others", () => {
  expect(drawEvents(7, 50)).toEqual(drawEvents(7, 50));
  expect(drawEvents(7, 50)).not.toEqual(drawEvents(8, 50));
});

test("two hundred events are of every kind there is", () => {
  const kinds = new Set(drawEvents(1, 200).map(({ event }) => event.kind));
  expect([...kinds].toSorted()).toEqual([
    "cutWire",
    "deadWire",
    "endSessions",
    "freezeDatabase",
    "freezeWorker",
    "joinWorker",
    "killChat",
    "killDatabase",
    "killWorker",
    "optOut",
    "pause",
    "stopWorker",
  ]);
});
