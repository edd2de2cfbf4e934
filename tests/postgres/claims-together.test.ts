/** Claims that are asked together are answered as if each had been asked after the other. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { ClaimAnswer, ClaimRequest, Ledger } from "../../src/storage/ports/ledger.ts";
import { makeCampaign, standings, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();
const names = ["ali", "sara", "nima", "mina", "reza", "leila"];

/** What is known of each name, in their order: nothing, that nobody writes to it, that another tool did, or whose it is. */
const known = fc.array(fc.constantFrom("", "", "", "suppressed", "earlier", "person 1", "person 2"), {
  minLength: names.length,
  maxLength: names.length,
});

const rules: fc.Arbitrary<Partial<Campaign>> = fc.constantFrom<Partial<Campaign>>(
  {},
  {},
  { pace: { perDay: 3 } },
  { tryFirst: { count: 2, upTo: 2 } },
  { spendCap: 5 },
);

/** What the answers say but for what no two claims share. */
function said(answers: readonly ClaimAnswer[]) {
  return answers.map((answer) =>
    answer.kind === "claimed"
      ? { ...answer, claim: [answer.claim.recipient.username, answer.claim.attempt] }
      : answer,
  );
}

async function inTurn(ledger: Ledger, requests: readonly ClaimRequest[]): Promise<readonly ClaimAnswer[]> {
  const answers: ClaimAnswer[] = [];
  for (const request of requests) answers.push(await ledger.claim(request));
  return answers;
}

test("claims asked together are answered as those asked in turn", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      known,
      rules,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 8 }),
      async (what, rule, asked, cap) => {
        const here = await emptyDatabase();
        const { ledgers, database } = await startProcess(here, here.open());
        for (const [nth, name] of names.entries()) {
          if (what[nth] === "suppressed")
            await here.query(
              "insert into peyk.suppressions (username, reason, at) values ($1, 'optedOut', 0)",
              [name],
            );
          if (what[nth]?.startsWith("person"))
            await here.query("insert into peyk.identities values ('scripted', $1, $2, 0)", [name, what[nth]]);
        }
        const open = async (id: string) => {
          const campaign = await makeCampaign(database, { id, names, ...rule });
          const { ledger } = await ledgers.open(campaign);
          await ledgers.honour(id, new Set(names.filter((_, nth) => what[nth] === "earlier")));
          const request = {
            account: id,
            caps: [{ kind: "day", count: cap } as const],
            rates: [],
            prices: { perMessage: 1, perLookUp: 1 },
          };
          return { ledger, requests: Array.from({ length: asked }, () => request) };
        };
        runs++;
        const together = await open(`together-${runs}`);
        const apart = await open(`apart-${runs}`);
        const one = await Promise.all(together.requests.map((request) => together.ledger.claim(request)));
        const other = await inTurn(apart.ledger, apart.requests);
        expect(said(one)).toEqual(said(other));
        const { byRows, byJournal } = await standings(here, `together-${runs}`);
        expect(byRows).toEqual(byJournal);
      },
    ),
    { numRuns: 12 },
  );
});
