import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestPostgres } from "./postgres.ts";
import { startPostgres } from "./postgres.ts";

let database: TestPostgres;

beforeAll(async () => {
  database = await startPostgres({ isDurable: true });
});

afterAll(() => database[Symbol.asyncDispose]());

test("a committed row outlives a kill of the server", async () => {
  await database.query("create table kept (word text)");
  await database.query("insert into kept values ($1)", ["here"]);
  await database.kill();
  await expect(database.query("select 1")).rejects.toThrow("ECONNREFUSED");
  await database.restart();
  expect(await database.query("select word from kept")).toEqual([{ word: "here" }]);
});

test("every test can have a database of its own", async () => {
  const url = await database.createDatabase("another");
  expect(url).toMatch(/\/another$/);
  expect(url).not.toBe(database.url);
});

test("a frozen server does nothing before it is thawed, and then what it was asked", async () => {
  await database.query("select 1");
  await database.freeze();
  const asked = database.query("select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at");
  await pause(50);
  const thawedAt = Date.now();
  await database.thaw();
  const [{ at } = { at: 0 }] = await asked;
  expect(Number(at)).toBeGreaterThanOrEqual(thawedAt);
});
