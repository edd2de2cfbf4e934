import { expect, test } from "vitest";
import type { Answer, Connection } from "../connection.ts";
import { openPostgresStore } from "./external-store.ts";

/** A database behind a pooler: whoever took the lock, the next statement may come from another session. */
function pooled(ownsLock: boolean): Connection {
  return {
    query: async (sql) => {
      const row = { identity: "id", schema: true, isThere: true, version: 3, isInOldPlace: false };
      const isEmpty = sql.includes("peyk_copy.positions") || sql.includes("peyk_copy.campaigns");
      const rows = isEmpty ? [] : [{ ...row, is_ours: ownsLock || !sql.includes("pg_locks") }];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one row that answers every question
      return { rows, count: 1 } as unknown as Answer<never>;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

test("leads only where the session stays its own, and else says that a pooler is in between", async () => {
  await using own = await openPostgresStore(async () => pooled(true), "id");
  expect(await own.lead()).toBe(true);
  await using shared = await openPostgresStore(async () => pooled(false), "id");
  await expect(shared.lead()).rejects.toMatchObject({
    isTransient: false,
    message: expect.stringContaining("session mode"),
  });
});
