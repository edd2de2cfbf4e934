/** Endings that are written together: what the database refuses of one of them is refused to that one. */
import { expect, test } from "vitest";
import { endingOf } from "../../src/domain/journal.ts";
import { makeCampaign, standings, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();

const request = { account: "one", caps: [], rates: [] };

test("an ending that can't be recorded keeps back none of those that are recorded with it", async () => {
  const here = await emptyDatabase();
  const statements: string[] = [];
  const { ledgers, database } = await startProcess(here, (sql, ask) => {
    if (/peyk\.settle\(/.test(sql)) statements.push(sql);
    return ask();
  });
  const names = ["ali", "sara", "nima"];
  const { ledger } = await ledgers.open(await makeCampaign(database, { names }));
  const answers = await Promise.all(names.map(() => ledger.claim(request)));
  const claims = answers.flatMap((answer) => (answer.kind === "claimed" ? [answer.claim] : []));
  await here.query("alter table peyk.recipients add constraint unlucky check (message_id <> 'of sara')");
  try {
    const given = claims.map((claim) =>
      ledger.settle(claim, { t: "sent", id: `of ${claim.recipient.username}` }),
    );
    expect((await Promise.allSettled(given)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  } finally {
    await here.query("alter table peyk.recipients drop constraint unlucky");
  }
  expect(statements).toHaveLength(5); // all, two of them, each of the two, and the third
  expect(await ledger.counts()).toMatchObject({ sent: 2, claimed: 1 });
  const { byRows, byJournal } = await standings(here, "spring");
  expect(byRows).toEqual(byJournal);
});

test("somebody is due at a whole ms, whatever part of one a platform names", async () => {
  const here = await emptyDatabase();
  const { ledgers, database } = await startProcess(here, here.open());
  const { ledger } = await ledgers.open(await makeCampaign(database, { names: ["ali"] }));
  const answer = await ledger.claim(request);
  if (answer.kind !== "claimed") throw new Error("nobody was claimed");
  const ending = endingOf({ t: "planned", due: 1500.25, free: true, why: "tooFast" }, 1000);
  expect(await ledger.settle(answer.claim, ending)).toBe(true);
  expect((await standings(here, "spring")).byRows.people).toMatchObject([{ due: 501 }]);
});
