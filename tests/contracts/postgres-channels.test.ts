/** What channels keep for themselves in PostgreSQL, by two processes that go through the same accounts. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LimitBook, publishedLimits } from "../../src/channels/x/limit-book.ts";
import { createPostgresBooks } from "../../src/composition/stores/postgres/postgres-books.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { Opened } from "../../src/lib/opened.ts";
import { SimulatedRecord } from "../../src/storage/postgres/channels/simulated-record.ts";
import { openWakes } from "../../src/storage/postgres/wakes.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { openTestSimulator } from "../support/simulator.ts";
import { channelContract } from "./channel.ts";
import { simulatorUnderTest } from "./simulated-people.ts";

const emptyDatabase = databaseOfFile();
const abilities = { readsBack: true, honoursDedupKey: true, looksUp: true };
const amends = { takesBack: { withinMs: 48 * 3_600_000 }, mends: true as const };

channelContract("a simulator in PostgreSQL", { ...abilities, amends }, async () => {
  const here = await emptyDatabase();
  const database = here.open();
  const simulator = await openTestSimulator(abilities, () => new SimulatedRecord(database));
  return simulatorUnderTest(simulator, {
    async received(username) {
      const sql = "select from peyk.simulated where entry = 'delivered' and username = $1";
      return (await here.query(sql, [username])).length;
    },
    async inboxOf(username) {
      const sql =
        "select entry, message_id, text_hash from peyk.simulated where username = $1 and entry <> 'asked' order by number";
      const inbox = new Map<unknown, string>();
      for (const { entry, message_id: id, text_hash: text } of await here.query(sql, [username]))
        if (entry === "takenBack") inbox.delete(id);
        else inbox.set(id, String(text));
      return [...inbox.values()];
    },
  });
});

let folder = "";
let opened: Opened;
let problems: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-books-"));
  opened = new Opened();
  problems = [];
});
afterEach(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const onProblem = ({ message }: Error): void => void problems.push(message);

/** The books of another process each time. */
function openBooks(here: TestDatabase) {
  const database = here.open();
  const wakes = opened.hold(openWakes(database, { clock: systemClock }));
  return createPostgresBooks({ database, wakes, dataDir: folder, opened, onProblem });
}

const countOf = (book: LimitBook, account: string): unknown => book.limitsOf(account, 0)[0]?.count;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(2);
}

test("what one process learns of X's limits binds the others, and none of it is lost", async () => {
  const here = await emptyDatabase();
  const open = async () => new LimitBook({ kept: await openBooks(here).xLimits(), onProblem });
  const [one, other] = [await open(), await open()];
  expect(other.limitsOf("news", 0)).toEqual(publishedLimits);
  one.note("news", "key", { window: { limit: 3, remaining: 2, resetsAt: 900_000 } });
  other.note("ads", "key", { window: { limit: 4, remaining: 2, resetsAt: 900_000 } });
  other.note("ads", "key", { appDay: { limit: 9, remaining: 0, resetsAt: 700_000 } });
  await until(() => countOf(other, "news") === 3 && countOf(one, "ads") === 4);
  await until(() => one.appRestsUntil("key", 0) === 700_000);
  expect([one.appRestsUntil("key", 700_000), one.appRestsUntil("another", 0)]).toEqual([
    undefined,
    undefined,
  ]);
  const later = await open();
  expect([countOf(later, "news"), countOf(later, "ads"), later.appRestsUntil("key", 0)]).toEqual([
    3, 4, 700_000,
  ]);
  expect(JSON.stringify(await here.query("select * from peyk.documents"))).not.toContain('"key"');
  expect(problems).toEqual([]);
});

test("the simulated people are those of whoever said so in a file, for every process and without it", async () => {
  const here = await emptyDatabase();
  const names = async (accounts: readonly string[] = []) =>
    (await openBooks(here).simulated(accounts)).config.accounts.map(({ name }) => name);
  expect(await names()).toContain("sim-1");
  const file = join(folder, "simulator.json");
  await writeFile(file, JSON.stringify({ version: 1, value: { accounts: [{ name: "one" }] } }));
  expect(await names()).toEqual(["one"]);
  await rm(file);
  expect(await names(["two"])).toEqual(["one", "two"]);
  expect(await names()).toEqual(["one", "two"]);
  expect(problems).toEqual([]);
  await writeFile(file, "{");
  expect(await names()).toEqual(["one", "two"]);
  expect(problems).toEqual([expect.stringMatching(/simulator\.json can't be used/)]);
});
