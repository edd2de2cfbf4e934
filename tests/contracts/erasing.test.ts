import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openErasedStore } from "../../src/storage/files/erasing/erased-store.ts";
import { openErasing } from "../../src/storage/postgres/erasing/erased-store.ts";
import { createSuppressionStore } from "../../src/storage/postgres/people/suppression-store.ts";
import { createPersonReads } from "../../src/storage/postgres/person/person-reads.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { erasingContract } from "./erasing.ts";

erasingContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-erased-"));
  return {
    open: () => openErasedStore(folder),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

const { fresh, next, openersOf } = twoProcesses();

/** Woken by hand. */
function handWakes() {
  const waking = new Set<() => void>();
  return {
    on: (_topic: string, wake: () => void) => {
      waking.add(wake);
      return { [Symbol.dispose]: () => void waking.delete(wake) };
    },
    wake: () => waking.forEach((wake) => wake()),
  };
}

erasingContract(
  "PostgreSQL",
  openersOf((database) => openErasing(database, handWakes())),
);

test("who was erased by one process is written to by none, and known to every one that was woken", async () => {
  await fresh();
  const wakes = handWakes();
  const other = await openErasing(next(), wakes);
  const [one, database] = [await openErasing(next(), handWakes()), next()];
  await one.record({ names: ["ali"], ids: ["7"], by: "1001", at: 5 });
  const { rows } = await database.query(
    `select peyk.whom_not('ali') as ali, peyk.whom_not('sara') as sara,
            peyk.is_erased_person('7') as seven, peyk.is_erased_person('8') as eight`,
  );
  expect(rows).toEqual([{ ali: "erased", sara: null, seven: true, eight: false }]);
  expect(await createSuppressionStore(database).reasonFor("ali")).toBe("erased");
  const asked = [
    { names: ["ali"], ids: [] },
    { names: [], ids: ["7"] },
    { names: ["sara"], ids: ["8"] },
  ];
  const person = createPersonReads(database);
  expect(await Promise.all(asked.map((whom) => person.isErased(whom)))).toEqual([true, true, false]);
  wakes.wake();
  await other[Symbol.asyncDispose]();
  expect(other.has("ali")).toBe(true);
});

test("nobody's name stands in what is kept of them for good", async () => {
  const here = await fresh();
  const erasing = await openErasing(next(), handWakes());
  const request = { names: ["ali_erased"], ids: ["4711"], by: "1001", at: 5 };
  await erasing.record(request);
  await erasing.carriedOut(request);
  const kept = [
    await here.query("select * from peyk.erased"),
    await here.query("select * from peyk.documents"),
  ];
  expect(JSON.stringify(kept)).not.toMatch(/ali_erased|4711/);
});
