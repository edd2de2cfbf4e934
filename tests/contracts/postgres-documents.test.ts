/** The stores on PostgreSQL that are made of values by name. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createAccountStore } from "../../src/storage/postgres/accounts/account-store.ts";
import { documentsIn } from "../../src/storage/postgres/documents/documents.ts";
import {
  createApiTokenStore,
  createTeamStore,
  createWebhookStore,
} from "../../src/storage/postgres/documents/kept-stores.ts";
import { createReplyCursorStore } from "../../src/storage/postgres/people/reply-cursor-store.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { accountsContract } from "./accounts.ts";
import { apiTokensContract } from "./api-tokens.ts";
import { cursorsContract } from "./subscribers.ts";
import { teamContract } from "./team.ts";
import { webhooksContract } from "./webhooks.ts";

const { fresh, next, openersOf } = twoProcesses();

accountsContract("PostgreSQL", openersOf(createAccountStore));
cursorsContract("PostgreSQL", openersOf(createReplyCursorStore));
apiTokensContract("PostgreSQL", openersOf(createApiTokenStore));
webhooksContract("PostgreSQL", openersOf(createWebhookStore));
describe("in PostgreSQL", () => {
  teamContract(async () => {
    await fresh();
    return async () => createTeamStore(next());
  });
});

const numbers = (schema: z.ZodType<number> = z.number()) => documentsIn(next(), { kind: "numbers", schema });

test("of many who change one value at the same moment no change is lost", async () => {
  await fresh();
  const changes = Array.from({ length: 20 }, () => numbers().change("n", (from = 0) => from + 1));
  await Promise.all(changes);
  expect(await numbers().get("n")).toBe(20);
});

test("a value that was removed and made again is not the one that somebody saw before", async () => {
  const here = await fresh();
  await numbers().change("n", () => 1);
  let isBetween = false;
  const slow = here.open(async (sql, ask) => {
    if (!isBetween && sql.includes("update")) {
      isBetween = true;
      await numbers().change("n", () => undefined);
      await numbers().change("n", () => 1);
      await numbers().change("n", () => 5);
      await numbers().change("n", () => 1);
    }
    return ask();
  });
  const seen: unknown[] = [];
  await documentsIn(slow, { kind: "numbers", schema: z.number() }).change("n", (from) => {
    seen.push(from);
    return 7;
  });
  expect(seen).toEqual([1, 1]);
});

test("a value that does not fit is named, and nobody writes over it", async () => {
  await fresh();
  await numbers().change("n", () => 1);
  const strict = numbers(z.number().min(2));
  await expect(strict.change("n", () => 3)).rejects.toThrow(/numbers n in the database can't be used/);
  await expect(strict.get("n")).rejects.toThrow(/numbers n/);
  expect(await numbers().get("n")).toBe(1);
});

test("texts are kept as they came, as far as PostgreSQL can keep them", async () => {
  await fresh();
  const texts = documentsIn(next(), { kind: "texts", schema: z.array(z.string()) });
  await texts.change("t", () => ["سلام\u200c ۱", "a\0b", "\uD83D", "\\u0000"]);
  expect(await texts.get("t")).toEqual(["سلام\u200c ۱", "a\uFFFDb", "\uFFFD", "\\u0000"]);
});
