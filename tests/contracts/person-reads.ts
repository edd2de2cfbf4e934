/** The promises of whatever looks for one person in all that is kept. Each adapter's test runs this suite. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { LeadEntry } from "../../src/domain/collecting/lead-entry.ts";
import type { Entry } from "../../src/domain/journal.ts";
import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import type { SuppressionChange } from "../../src/domain/people/suppression.ts";
import type { ResultRow } from "../../src/storage/ports/ledger.ts";
import type { PersonReads, PersonRow } from "../../src/storage/ports/person-reads.ts";
import { chances, journalOf } from "../support/journal-writer.ts";

export interface PersonReadsHarness extends AsyncDisposable {
  readonly reads: PersonReads;
  /** Whether the process that has claims open lives. */
  own(isOwned: boolean): Promise<void>;
  /** Puts a campaign of these people there, as if its engine had written it. */
  put(names: readonly string[], entries: readonly Entry[]): Promise<Campaign>;
  /** What the campaign's results say. */
  results(campaign: Campaign): Promise<readonly ResultRow[]>;
  /** A channel found out who is behind a name. */
  found(channel: string, name: string, id: string, at: number): Promise<void>;
  subscriber(subscriber: Subscriber): Promise<void>;
  suppression(change: SuppressionChange): Promise<void>;
  lead(list: string, entry: LeadEntry): Promise<void>;
}

const claim = (r: number, more: Partial<Extract<Entry, { t: "claim" }>> = {}): Entry => ({
  t: "claim",
  r,
  a: "one",
  n: 1,
  ...more,
  at: 100 + r,
});

const page = (k: number, leads: Extract<LeadEntry, { t: "page" }>["leads"], at: number): LeadEntry => ({
  t: "page",
  k,
  rows: leads.length,
  leads,
  known: [],
  again: 0,
  at,
});

/** A row as the results have it. */
function withoutPerson(told: PersonRow): ResultRow {
  const { origin: _origin, personId: _personId, ...row } = told;
  return row;
}

export function personReadsContract(adapter: string, create: () => Promise<PersonReadsHarness>): void {
  describe(`one person in all that is kept, in ${adapter}`, () => {
    let harness: PersonReadsHarness;
    let reads: PersonReadsHarness["reads"];
    beforeEach(async () => {
      harness = await create();
      ({ reads } = harness);
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("stands in a campaign as its results say, whatever happened there", async () => {
      const names = ["ali", "ali_2", "sara", "bali", "nima", "ali.b"];
      await fc.assert(
        fc.asyncProperty(chances, fc.boolean(), async (taken, isOwned) => {
          await harness.own(isOwned);
          const campaign = await harness.put(names, journalOf(taken, names.length));
          const asked = ["ali", "bali"];
          const told = await reads.inCampaign(campaign, asked);
          const rows = (await harness.results(campaign)).filter(({ username }) => asked.includes(username));
          expect(told.map(withoutPerson)).toEqual(rows);
        }),
        { numRuns: 25 },
      );
    });

    test("is under way for whoever has the campaign open, and what it will become for all others", async () => {
      const campaign = await harness.put(["ali", "sara"], [claim(0, { p: "7" }), claim(1)]);
      await harness.own(false);
      const [there, elsewhere] = [
        await reads.inCampaign(campaign, ["ali"], true),
        await reads.inCampaign(campaign, ["ali"]),
      ];
      expect(there).toMatchObject([{ ordinal: 0, state: "claimed", personId: "7", account: "one", at: 100 }]);
      expect(elsewhere).toMatchObject([{ state: "uncertain" }]);
      expect(await reads.inCampaign(campaign, ["nobody"])).toEqual([]);
    });

    test("is known by the id, under every name they were seen with", async () => {
      await harness.found("x", "ali", "42", 5);
      await harness.found("x", "sara", "43", 6);
      await harness.found("x", "ali_new", "42", 7);
      const person = {
        channel: "x",
        id: "42",
        names: [
          { name: "ali", at: 5 },
          { name: "ali_new", at: 7 },
        ],
        passedOn: [],
      };
      for (const sought of [
        { names: ["ali"], ids: [] },
        { names: ["ali_new"], ids: [] },
        { names: [], ids: ["42"] },
      ])
        expect(await reads.behind(sought)).toEqual([person]);
      expect(await reads.behind({ names: ["al"], ids: ["4"] })).toEqual([]);
    });

    test("is two, where a name passed from one to the other", async () => {
      await harness.found("x", "ali", "42", 5);
      await harness.found("x", "ali", "77", 9);
      expect(await reads.behind({ names: ["ali"], ids: [] })).toMatchObject([
        { id: "42", passedOn: ["ali"] },
        { id: "77", passedOn: [] },
      ]);
    });

    test("is a subscriber as they stand now, found by the name before too", async () => {
      const ali: Subscriber = { id: 7, username: "ali", firstName: "Ali", state: "active", at: 1 };
      await harness.subscriber(ali);
      await harness.subscriber({ id: 71, username: "sara", firstName: "Sara", state: "active", at: 2 });
      await harness.subscriber({ ...ali, username: "ali_new", state: "stopped", at: 3 });
      const found = { channel: "telegram", id: "7", subscriber: { username: "ali_new", state: "stopped" } };
      for (const sought of [
        { names: ["ali"], ids: [] },
        { names: ["id7"], ids: [] },
        { names: [], ids: ["7"] },
      ])
        expect(await reads.behind(sought)).toMatchObject([found]);
      await harness.subscriber({ id: 8, username: "ali_new", firstName: "Other", state: "active", at: 4 });
      const [, nameless] = [...(await reads.behind({ names: ["ali_new"], ids: [] }))].toReversed();
      expect(nameless).toMatchObject({ id: "7", passedOn: ["ali_new"] });
      expect(nameless?.subscriber).not.toHaveProperty("username");
    });

    test("is given with all that is kept of them as it is kept, and nobody else is", async () => {
      const campaign = await harness.put(["ali", "sara"], [claim(0, { p: "42" }), claim(1)]);
      await harness.found("x", "ali", "42", 5);
      await harness.found("x", "sara", "43", 5);
      await harness.subscriber({ id: 42, username: "ali", firstName: "Ali Reza", state: "active", at: 1 });
      await harness.suppression({ t: "add", username: "ali", reason: "optedOut", note: "by mail", at: 1 });
      await harness.suppression({ t: "add", username: "sara", reason: "optedOut", at: 1 });
      await harness.lead("acme", { t: "target", source: "x-followers", query: "acme", at: 1 });
      await harness.lead(
        "acme",
        page(
          0,
          [
            { id: "42", username: "ali" },
            { id: "43", username: "sara" },
          ],
          2,
        ),
      );
      const given = JSON.stringify(await reads.records({ names: ["ali"], ids: ["42"] }));
      for (const text of ['"ali"', "Ali Reza", "by mail", '"p":"42"'])
        expect([campaign.id, given]).toEqual([campaign.id, expect.stringContaining(text)]);
      expect(given).not.toContain("sara");
      expect(given).not.toContain("43");
      expect(await reads.records({ names: ["nobody"], ids: [] })).toEqual([]);
    });

    test("is on the do-not-send list by the last word on the name", async () => {
      await harness.suppression({ t: "add", username: "ali", reason: "optedOut", note: "by mail", at: 1 });
      await harness.suppression({ t: "add", username: "bali", reason: "blocked", at: 2 });
      await harness.suppression({ t: "add", username: "sara", reason: "blocked", at: 3 });
      await harness.suppression({ t: "remove", username: "sara", at: 4 });
      expect(await reads.suppressed(["ali", "sara"])).toEqual([
        { username: "ali", reason: "optedOut", note: "by mail", at: 1 },
      ]);
    });

    test("is on lists of leads by name, and on those of X by id whatever they were called", async () => {
      await harness.lead("acme", { t: "target", source: "x-followers", query: "acme", at: 1 });
      await harness.lead("acme", { t: "target", source: "x-followers", query: "other", at: 1 });
      await harness.lead("acme", page(0, [{ id: "9", username: "sara" }], 2));
      await harness.lead("acme", page(1, [{ id: "42", username: "ali_old" }], 3));
      await harness.lead("tea", { t: "target", source: "tiktok", query: "tea", at: 1 });
      await harness.lead("tea", page(0, [{ id: "42", username: "someone" }], 4));
      await harness.lead("tea", page(0, [{ id: "5", username: "ali" }], 5));
      expect(await reads.onLists({ names: ["ali"], ids: ["42"] })).toEqual({
        found: [
          { list: "tea", username: "ali", id: "5", target: { source: "tiktok", query: "tea" }, at: 5 },
          {
            list: "acme",
            username: "ali_old",
            id: "42",
            target: { source: "x-followers", query: "other" },
            at: 3,
          },
        ],
        unreadable: [],
      });
    });
  });
}
