/**
 * Two operators in two processes change the same thing at the same moment: whatever order their statements come in, what each
 * of them is answered and what stands then is as if one had come after the other. So nothing is lost.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import { createAudienceStore } from "../../src/storage/postgres/audiences/audience-store.ts";
import { createTagStore } from "../../src/storage/postgres/audiences/tag-store.ts";
import type { Database } from "../../src/storage/postgres/database.ts";
import {
  createApiTokenStore,
  createTeamStore,
  createWebhookStore,
} from "../../src/storage/postgres/documents/kept-stores.ts";
import { createSubscriberStore } from "../../src/storage/postgres/people/subscriber-store.ts";
import { createSuppressionStore } from "../../src/storage/postgres/people/suppression-store.ts";
import { createGate, interleave } from "../support/postgres/interleaving.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const empty = databaseOfFile();

/** Statements that wait for a lock. */
const BLOCKED = `
select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

type Deed = (database: Database) => Promise<unknown>;

interface Thing {
  /** What there was before. */
  readonly before: Deed;
  /** What one of them may do. */
  readonly deeds: readonly Deed[];
  /** What stands. */
  readonly after: Deed;
}

const gathered = async <T>(all: AsyncIterable<T>): Promise<readonly T[]> => {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
};

const blocked = (at: number) => ({ reason: "blocked", at }) as const;
const person = (id: number, username?: string): Subscriber => ({
  id,
  firstName: `P${id}`,
  ...(username === undefined ? {} : { username }),
  state: "active",
  at: 1,
});
const hook = (name: string) => ({
  name,
  url: "https://a.example",
  secrets: ["s"],
  by: "1",
  at: 1,
  position: 0,
});
const token = (name: string, digit = "a") => ({ name, hash: digit.repeat(64), by: "1", at: 1 });
const kept = (name: string, ask: string, names: readonly string[]) => ({
  name,
  ask,
  columns: [],
  rows: names.map((username) => ({ username, values: [] })),
  origin: "x",
  at: 1,
});

const suppression: Thing = {
  before: (at) => createSuppressionStore(at).add(["ali"], blocked(1)),
  deeds: [
    (at) => createSuppressionStore(at).add(["ali", "sara"], blocked(2)),
    (at) => createSuppressionStore(at).add(["sara", "nima"], { ...blocked(3), note: "by mail" }),
    (at) => createSuppressionStore(at).remove(["ali", "sara"], 4),
    (at) => createSuppressionStore(at).remove(["ali"], 4, 1),
  ],
  after: async (at) => [
    await gathered(createSuppressionStore(at).list()),
    await createSuppressionStore(at).revision(),
  ],
};

const subscribers: Thing = {
  before: (at) => createSubscriberStore(at).change(7, () => person(7, "ali")),
  deeds: [
    (at) => createSubscriberStore(at).change(7, (from) => from && { ...from, state: "stopped", at: 2 }),
    (at) => createSubscriberStore(at).change(7, (from) => from && { ...from, chosenLanguage: "fa" }),
    (at) => createSubscriberStore(at).change(8, (from) => from ?? person(8, "ali")),
    (at) => createSubscriberStore(at).change(8, (from) => ({ ...(from ?? person(8)), source: "poster" })),
  ],
  after: async (at) => [
    await createSubscriberStore(at).get(7),
    await createSubscriberStore(at).get(8),
    (await createSubscriberStore(at).find("ali"))?.id,
    (await gathered(createSubscriberStore(at).changes())).length,
  ],
};

const tags: Thing = {
  before: (at) => createTagStore(at).add("vip", ["ali"], 1),
  deeds: [
    (at) => createTagStore(at).add("vip", ["ali", "sara"], 2),
    (at) => createTagStore(at).add("vip", ["sara", "nima"], 3),
    (at) => createTagStore(at).remove("vip", ["sara", "ali"], 4),
    (at) => createTagStore(at).forget(["ali", "nima"]),
  ],
  after: async (at) => [await createTagStore(at).counts(), await createTagStore(at).of(["ali"])],
};

const audiences: Thing = {
  before: (at) => createAudienceStore(at).keepList(kept("friends", "a", ["ali", "sara"])),
  deeds: [
    (at) => createAudienceStore(at).keepList(kept("Guests", "b", ["nima"])),
    (at) =>
      createAudienceStore(at).define({ name: "guests", conditions: { tags: ["vip"] }, at: 2, ask: "c" }),
    (at) => createAudienceStore(at).rename("friends", "guests"),
    (at) => createAudienceStore(at).remove("friends"),
    (at) => createAudienceStore(at).forget(["ali"]),
  ],
  async after(at) {
    const store = createAudienceStore(at);
    const all = await store.all();
    const people: (readonly string[])[] = [];
    for (const { name } of all)
      people.push((await gathered(store.rows(name))).map(({ username }) => username));
    return [all, people];
  },
};

const team: Thing = {
  before: (at) =>
    createTeamStore(at).change((from) => ({ ...from, members: [{ id: 5, role: "viewer", at: 1 }] })),
  deeds: [
    (at) => createTeamStore(at).change((from) => ({ ...from, needsApproval: true })),
    (at) =>
      createTeamStore(at).change((from) => ({
        ...from,
        members: [...from.members, { id: 6, role: "approver", at: 2 }],
      })),
    (at) => createTeamStore(at).change((from) => ({ ...from, members: [] })),
  ],
  after: (at) => createTeamStore(at).read(),
};

const tokens: Thing = {
  before: (at) => createApiTokenStore(at).add(token("shop"), 3),
  deeds: [
    (at) => createApiTokenStore(at).add(token("till"), 2),
    (at) => createApiTokenStore(at).add(token("till", "b"), 3),
    (at) => createApiTokenStore(at).add(token("desk"), 2),
    (at) => createApiTokenStore(at).remove("shop"),
  ],
  after: (at) => createApiTokenStore(at).all(),
};

const webhooks: Thing = {
  before: (at) => createWebhookStore(at).add(hook("crm"), 3),
  deeds: [
    (at) => createWebhookStore(at).add(hook("bi"), 2),
    (at) => createWebhookStore(at).change("crm", (from) => ({ ...from, position: from.position + 5 })),
    (at) => createWebhookStore(at).change("crm", (from) => ({ ...from, secrets: ["t", ...from.secrets] })),
    (at) => createWebhookStore(at).remove("crm"),
  ],
  after: (at) => createWebhookStore(at).all(),
};

const { before: friends, after: everybody } = audiences;
const people: Thing = {
  before: friends,
  deeds: ["ali", "sara"].map((name) => async (at) => void (await createAudienceStore(at).forget([name]))),
  after: everybody,
};

const things = { suppression, subscribers, tags, audiences, people, team, tokens, webhooks };

test.each(Object.entries(things))("of %s nothing is lost", async (_what, { before, deeds, after }) => {
  const here = await empty();
  const plain = here.open();
  /** Of the two processes, in each run other ones. */
  const gates = [createGate(), createGate()];
  const pools = gates.map((_, n) => here.open((sql, ask) => gates[n]?.around(sql, ask) ?? ask()));
  const waiting = async (): Promise<number> => (await here.query(BLOCKED)).length;
  const wipe = () =>
    plain.query(`delete from peyk.documents; delete from peyk.suppressions; delete from peyk.suppression_book;
      delete from peyk.subscribers; delete from peyk.tags; delete from peyk.kept_lists`);
  /** What each was answered, and what stands then. */
  const outcome = async (run: () => Promise<readonly unknown[]>): Promise<string> => {
    await wipe();
    await before(plain);
    const answers = await run();
    return JSON.stringify([answers, await after(plain)], (key, value: unknown) =>
      key === "listId" ? "" : value,
    );
  };
  const deed = fc.constantFrom(...deeds);
  await fc.assert(
    fc.asyncProperty(deed, deed, fc.infiniteStream(fc.boolean()), async (mine, yours, choices) => {
      const inTurn = [
        await outcome(async () => [await mine(plain), await yours(plain)]),
        await outcome(async () => [await yours(plain), await mine(plain)].toReversed()),
      ];
      const atOnce = await outcome(async () => {
        const answers: unknown[] = [];
        const programs = [mine, yours].map((one, n) => {
          const gate = (gates[n] = createGate());
          return { gate, run: async () => void (answers[n] = await one(pools[n] ?? plain)) };
        });
        await interleave(programs, () => choices.next().value === true, waiting);
        return answers;
      });
      expect(inTurn).toContain(atOnce);
    }),
    { numRuns: 8 },
  );
});
