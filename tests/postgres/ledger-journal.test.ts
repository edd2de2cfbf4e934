/** Whatever happens to a campaign's recipients, in whatever order: its rows, its counts and its journal tell one story. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Claim, Ending } from "../../src/domain/journal.ts";
import type { Ledger } from "../../src/storage/ports/ledger.ts";
import { endLease, makeCampaign, standings, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();

const endings: fc.Arbitrary<Ending> = fc.oneof(
  fc.constantFrom<Ending>(
    { t: "sent", id: "m" },
    { t: "notFound", why: "noSuchName" },
    { t: "refused", why: "noSuchName", uncalled: true },
    { t: "failed", why: "serviceDown" },
    { t: "uncertain", why: "noAnswerInTime" },
    { t: "skipped", reason: "leftInDoubt" },
    { t: "planned", dueInMs: 0, free: true, why: "unsaid", again: true },
  ),
  fc.record({
    t: fc.constant("planned" as const),
    dueInMs: fc.integer({ min: 0, max: 50 }),
    free: fc.boolean(),
    why: fc.constant("serviceDown" as const),
  }),
);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant("claim" as const), waits: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant("settle" as const), ending: endings, nth: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("leave" as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom("cancelAll", "retryAll", "die", "later") }) },
);

test("rows, counts and journal agree after whatever happened", async () => {
  const here = await emptyDatabase();
  const database = here.open();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const id = `run-${runs++}`;
      here.time.at = 1000;
      let process = await startProcess(here, database);
      const campaign = await makeCampaign(database, { id, names: ["ali", "sara", "nima"] });
      const open = async (): Promise<Ledger> => (await process.ledgers.open(campaign)).ledger;
      let ledger = await open();
      const claims: Claim[] = [];
      for (const one of steps)
        if (one.what === "claim") {
          const answer = await ledger.claim({
            account: id,
            caps: [],
            rates: [],
            ...(one.waits && { waits: true }),
          });
          if (answer.kind === "claimed") claims.unshift(answer.claim);
        } else if (one.what === "cancelAll") await ledger.cancelAll();
        else if (one.what === "retryAll") await ledger.retryAll();
        else if (one.what === "later") here.time.at += 20;
        else if (one.what === "die") {
          await endLease(here, process.owner);
          process = await startProcess(here, database);
          ledger = await open();
        } else if ("nth" in one) {
          const claim = claims[one.nth];
          if (claim && "ending" in one) await ledger.settle(claim, one.ending);
          else if (claim) await ledger.leave(claim);
        }
      const { byRows, byJournal } = await standings(here, id);
      expect(byRows).toEqual(byJournal);
    }),
    { numRuns: 12 },
  );
});
