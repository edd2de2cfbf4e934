/** What is known of people over all campaigns, on PostgreSQL. */
import { expect, test } from "vitest";
import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import { knownAs } from "../../src/domain/people/subscriber.ts";
import type { Database } from "../../src/storage/postgres/database.ts";
import { createContactHistory } from "../../src/storage/postgres/people/contact-history.ts";
import { createIdentities, createIdentityStore } from "../../src/storage/postgres/people/identity-store.ts";
import { createSubscriberStore } from "../../src/storage/postgres/people/subscriber-store.ts";
import { createSuppressionStore } from "../../src/storage/postgres/people/suppression-store.ts";
import { makeCampaign } from "../support/postgres/ledger-world.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { identitiesContract } from "./identities.ts";
import { subscribersContract } from "./subscribers.ts";
import { suppressionContract } from "./suppression.ts";

const { fresh, next, openersOf } = twoProcesses();

subscribersContract("PostgreSQL", openersOf(createSubscriberStore));

suppressionContract("PostgreSQL", async () => {
  const here = await fresh();
  let held = Promise.resolve();
  const open = () =>
    here.open(async (sql, ask) => {
      if (sql === "commit") await held;
      return ask();
    });
  const pools = [open(), open()];
  let turn = 0;
  return {
    open: async () => createSuppressionStore(pools[turn++ % 2] ?? open()),
    holdWrites() {
      let release: (() => void) | undefined;
      held = new Promise((resolve) => (release = resolve));
      return { [Symbol.dispose]: () => release?.() };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

const known = async (database: Database, channel: string, name: string) => {
  const { rows } = await database.query<{ known: object | null }>("select peyk.known($1, $2) as known", [
    channel,
    name,
  ]);
  return rows[0]?.known ?? {};
};

identitiesContract("PostgreSQL", async () => {
  await fresh();
  return {
    open: () => createIdentities(next()).of("x"),
    known: (username) => known(next(), "x", username),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

test("an addition that may not be written goes on binding, and is reported", async () => {
  const here = await fresh();
  const failing = here.open((sql, ask) =>
    sql === "commit" ? Promise.reject(new Error("the database is away")) : ask(),
  );
  const store = createSuppressionStore(failing);
  await expect(store.add(["ali"], { reason: "optedOut", at: 1 })).rejects.toThrow("away");
  expect(await store.reasonFor("ali")).toBe("optedOut");
  expect((await store.questions())("ali")).toBe("optedOut");
  expect(await createSuppressionStore(next()).reasonFor("ali")).toBeUndefined();
});

const ali: Subscriber = { id: 7, username: "ali", firstName: "Ali", state: "active", at: 1 };

test("a claim knows a subscriber by every name, as the domain does", async () => {
  await fresh();
  const store = createSubscriberStore(next());
  await store.change(7, () => ({ ...ali, languageCode: "fa-IR" }));
  await store.change(7, (from) => from && { ...from, username: "ali_new", chosenLanguage: "en" });
  await store.change(8, () => ({ ...ali, id: 8, username: "ali_new", state: "stopped" }));
  for (const name of ["ali", "id7", "ali_new", "id8"])
    expect(await known(next(), "telegram", name)).toEqual(knownAs(await store.find(name)));
  expect(await store.get(7)).toMatchObject({ formerly: ["ali", "ali_new"] });
  expect(await store.get(7)).not.toHaveProperty("username");
  expect(await known(next(), "telegram", "nobody")).toEqual({});
});

test("of two processes that meet one newcomer, or one name, at the same moment nothing is lost", async () => {
  await fresh();
  const [one, other] = [createSubscriberStore(next()), createSubscriberStore(next())];
  await Promise.all([
    one.change(7, (from) => ({ ...(from ?? ali), firstName: "A" })),
    other.change(7, (from) => ({ ...(from ?? ali), source: "poster" })),
    one.change(8, () => ({ ...ali, id: 8 })),
    other.change(9, () => ({ ...ali, id: 9 })),
  ]);
  expect(await one.get(7)).toMatchObject({ firstName: "A", source: "poster" });
  const named = await Promise.all([7, 8, 9].map((id) => one.get(id)));
  expect(named.filter((person) => person?.username === "ali")).toHaveLength(1);
});

test("a claim knows somebody by every name they were found under, also by one that passed to another", async () => {
  await fresh();
  const store = createIdentityStore(next(), "x");
  await store.found(new Map([["ali", "11"]]), 5);
  await store.found(new Map([["ali_2", "11"]]), 6);
  await store.found(new Map([["ali", "12"]]), 7);
  expect(await store.namesOf("11")).toEqual(["ali", "ali_2"]);
  expect(await known(next(), "x", "ali_2")).toEqual({ personId: "11", names: ["ali", "ali_2"] });
  expect(await known(next(), "x", "ali")).toEqual({ personId: "12" });
});

test("tells who was written to lately by another campaign, and whom one wrote to at all", async () => {
  const here = await fresh();
  const names = ["ali", "sara", "nima"];
  await makeCampaign(next(), { id: "spring", names });
  await makeCampaign(next(), { id: "summer", names });
  await makeCampaign(next(), { id: "mail", names, channel: "other" });
  const reach = (id: string, name: string, [reached, at]: readonly [string, number]) =>
    here.query(
      "update peyk.recipients set reached = $3, reached_at = $4 where campaign_id = $1 and username = $2",
      [id, name, reached, at],
    );
  await reach("spring", "ali", ["yes", 5]);
  await reach("summer", "ali", ["maybe", 7]);
  await reach("summer", "sara", ["no", 8]);
  await reach("mail", "nima", ["yes", 9]);
  const contacts = createContactHistory(next());
  await contacts.ready("scripted");
  const recent = await contacts.since("scripted", 5);
  expect([recent.latest("ali", "other"), recent.latestFrom("ali", "summer")]).toEqual([7, "spring"]);
  expect([recent.latest("sara", "other"), recent.latest("nima", "other")]).toEqual([undefined, undefined]);
  expect((await contacts.since("scripted", 8)).latest("ali", "other")).toBeUndefined();
  const isWritten = await contacts.writtenBy("summer");
  expect(names.map(isWritten)).toEqual([true, false, false]);
  await expect(contacts.writtenBy("winter")).rejects.toThrow("winter");
});
