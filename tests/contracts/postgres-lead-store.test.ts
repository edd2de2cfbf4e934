/** Lists of leads on PostgreSQL. */
import { describe, expect, test } from "vitest";
import type { Lead } from "../../src/domain/collecting/lead.ts";
import { createLeadStore } from "../../src/storage/postgres/leads/lead-store.ts";
import type { LeadStore } from "../../src/storage/ports/leads.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { describeLeadStore } from "./lead-store.ts";

const { fresh, next } = twoProcesses();

describe("in PostgreSQL", () => {
  describeLeadStore(async () => {
    await fresh();
    let store: LeadStore | undefined;
    return {
      async open() {
        await store?.[Symbol.asyncDispose]();
        return (store = createLeadStore(next()));
      },
      [Symbol.asyncDispose]: async () => store?.[Symbol.asyncDispose](),
    };
  });
});

const spring = { source: "x-followers", query: "spring" };
const lead = (id: number): Lead => ({ id: String(id), username: `name_${id}` });
const page = (from: number) => ({ leads: [from, from + 1, from + 2].map(lead), rows: 3, at: 3 });

async function requested(store: LeadStore, count: number) {
  const ledger = await store.open("one");
  const targets = await ledger.join([spring, { source: "x-followers", query: "summer" }], 1);
  await ledger.note({ t: "request", targets, count, at: 2 });
  return ledger;
}

test("two processes that take pages of one list at the same moment count nobody twice and lose nobody", async () => {
  const here = await fresh();
  const one = await requested(createLeadStore(next()), 6);
  const other = await createLeadStore(next()).open("one");
  const taken = await Promise.all([
    one.takePage({ target: 0, ...page(1), next: "p2" }),
    other.takePage({ target: 1, ...page(3) }),
    other.takePage({ target: 0, ...page(1), next: "p2" }),
    one.takePage({ target: 0, cursor: "p2", ...page(6) }),
  ]);
  expect(taken.filter(({ kind }) => kind === "outdated")).toHaveLength(1);
  for (const ledger of [one, other])
    expect(await ledger.state()).toMatchObject({ size: 8, delivered: 6, request: { delivered: 6 } });
  expect(await here.query("select count(*)::integer as people from peyk.leads")).toEqual([{ people: 8 }]);
});

test.each(["before", "after"])("a page whose commit was lost %s it is taken once", async (when) => {
  const here = await fresh();
  let isLost = false;
  const failing = here.open(async (sql, ask) => {
    if (sql !== "commit" || !isLost) return ask();
    isLost = false;
    if (when === "after") await ask();
    throw new Error("the connection is gone");
  });
  const ledger = await requested(createLeadStore(failing), 6);
  const first = { target: 0, ...page(1), next: "p2" };
  isLost = true;
  await expect(ledger.takePage(first)).rejects.toThrow("gone");
  const again = await ledger.takePage(first);
  expect(again.kind).toBe(when === "after" ? "outdated" : "taken");
  expect((await ledger.state()).size).toBe(3);
});
