/** Events on PostgreSQL. */
import { expect, test } from "vitest";
import { createEventLog } from "../../src/storage/postgres/events/event-log.ts";
import type { Wakes } from "../../src/storage/postgres/wakes.ts";
import { openWakes } from "../../src/storage/postgres/wakes.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import type { Happening } from "./events.ts";
import { eventsContract } from "./events.ts";

const { fresh, next } = twoProcesses();

const isEvent = (value: unknown): value is Happening =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "it";

async function world() {
  await fresh();
  const wakes: Wakes[] = [];
  const open = async () => {
    const database = next();
    const listening = openWakes(database, { clock: createVirtualClock() });
    wakes.push(listening);
    return createEventLog<Happening>(database, { name: "events", wakes: listening, isEvent, kept: 6 });
  };
  return {
    open,
    openBeside: open,
    reopen: open,
    crash: open,
    more: 12,
    async [Symbol.asyncDispose]() {
      for (const listening of wakes) await listening[Symbol.asyncDispose]();
    },
  };
}

eventsContract("PostgreSQL", world);

test("those that many append at the same moment have a number each, and a reader misses none", async () => {
  await using harness = await world();
  const [one, other] = [await harness.open(), await harness.open()];
  let [read, heard] = [0, 0];
  const appended = Array.from({ length: 5 }, (_, at) =>
    (at % 2 === 0 ? one : other).append({ kind: "it", at }),
  );
  while (heard < 5) {
    await other.wait(read, new AbortController().signal);
    const { events } = await other.read(read, 2);
    heard += events.length;
    read = events.at(-1)?.number ?? read;
  }
  expect(new Set(await Promise.all(appended))).toEqual(new Set([1, 2, 3, 4, 5]));
});
