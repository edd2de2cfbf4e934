/** A connection that breaks at every statement, before it reaches the server or before its answer comes back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Connection } from "../../src/storage/postgres/connection.ts";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import { ExternalStoreError } from "../../src/storage/ports/sync.ts";
import { shareOfToday } from "../support/every-moment.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import type { DataFolder } from "./data-folder.ts";
import { createDataFolder } from "./data-folder.ts";
import { compareWith, syncOnce } from "./sync-bench.ts";

let server: TestPostgres;
let data: DataFolder;

beforeAll(async () => {
  server = await startPostgres();
  data = await createDataFolder();
  await data.addList("spring", ["ali", "sara", "nima", "mina"]);
  await data.journal(
    "spring",
    { t: "claim", r: 0, a: "one", n: 1, at: 1 },
    { t: "planned", r: 0, due: 9, free: true, why: "tooFast", at: 2 },
    { t: "claim", r: 0, a: "two", n: 1, at: 3 },
    { t: "failed", r: 0, why: "noSuchName", at: 4 },
    { t: "claim", r: 1, a: "one", n: 1, at: 5 },
    { t: "sent", r: 1, id: "m", at: 6 },
    { t: "retryAll", at: 7 },
    { t: "claim", r: 0, a: "one", n: 1, at: 8 },
    { t: "cancelAll", at: 9 },
  );
  await data.suppress({ t: "add", username: "omid", reason: "optedOut", at: 1 });
});
afterAll(async () => {
  await data[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

type Moment = "before" | "after";

/** Counts statements over all connections; the one whose turn it is breaks its connection, once. */
function breakingAt(url: string, turn: number, moment: Moment) {
  const seen = { statements: 0 };
  const open = async (): Promise<Connection> => {
    const connection = await connectTo(url);
    return {
      async query(sql, values) {
        const isTurn = ++seen.statements === turn;
        if (!isTurn) return connection.query(sql, values);
        if (moment === "after") await connection.query(sql, values);
        await connection[Symbol.asyncDispose]();
        throw new ExternalStoreError("the connection broke", {
          isTransient: true,
          reason: "pgUnreachable",
        });
      },
      [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
    };
  };
  return { open, seen };
}

/** Making a database takes a third of a second; taking Peyk's tables away takes none. */
async function emptyDatabase(): Promise<{ readonly dataDir: string; readonly url: string }> {
  await server.query("drop schema if exists peyk_copy cascade");
  return { dataDir: data.path, url: server.url };
}

async function statementsOfOneRound(): Promise<number> {
  const ends = await emptyDatabase();
  const { open, seen } = breakingAt(ends.url, Infinity, "before");
  await syncOnce({ ...ends, open });
  return seen.statements;
}

test("a connection that breaks at any statement loses and doubles nothing, with another attempt", async () => {
  const statements = await statementsOfOneRound();
  expect(statements).toBeGreaterThan(25);
  for (const turn of shareOfToday(2)) {
    if (turn > statements) break;
    for (const moment of ["before", "after"] as const) {
      const ends = await emptyDatabase();
      const events = await syncOnce({ ...ends, open: breakingAt(ends.url, turn, moment).open });
      expect(events).toContainEqual({
        kind: "attemptFailed",
        what: expect.any(String),
        attempt: 1,
        of: 4,
        why: "the connection broke",
        reason: expect.anything(),
        isTransient: true,
        delayMs: 100,
      });
      expect(await compareWith(ends), `broken ${moment} statement ${turn}`).toMatchObject({ isEqual: true });
    }
  }
});

test("a process that dies in the middle leaves what the next one finishes", async () => {
  const statements = await statementsOfOneRound();
  for (const turn of shareOfToday(5)) {
    if (turn > statements) break;
    const ends = await emptyDatabase();
    const { open } = breakingAt(ends.url, turn, turn % 2 === 0 ? "before" : "after");
    await expect(syncOnce({ ...ends, open, retryDelaysMs: [] })).rejects.toThrow("the connection broke");
    await syncOnce(ends);
    expect(await compareWith(ends), `died at statement ${turn}`).toMatchObject({ isEqual: true });
  }
});
