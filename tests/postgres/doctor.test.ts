/** The doctor on a database: it changes nothing, and sees what rows and journal say of one another. */
import { expect, test } from "vitest";
import { examine } from "../../src/app/health/doctor.ts";
import { lookIntoDatabase } from "../../src/composition/stores/postgres/postgres-archive.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { moveIn } from "../../src/storage/postgres/home/home.ts";
import { endLeases, makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { putJournal } from "../support/postgres/put-journal.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { createDatabase, databaseOfFile } from "../support/postgres/test-database.ts";

const empty = databaseOfFile();

const words = {
  say: (id: string, with_: Readonly<Record<string, string | number>> = {}) =>
    `${id} ${Object.values(with_).join(" ")}`.trim(),
  names: (all: readonly string[]) => all.join(" "),
  reason: () => "",
  limit: () => "",
  moment: () => "",
  clauses: () => "",
  error: String,
  trouble: ({ code }: { readonly code: string }) => code,
};

async function findings(url: string) {
  await using looked = await lookIntoDatabase(url, systemClock);
  const { database, archive } = looked;
  const parts = { database, ...(archive ? { archive } : {}), clock: systemClock, dayOf: createDayOf("UTC") };
  return (await examine({ ...parts, configProblems: [], words })).findings.filter(
    // The run's server keeps nothing over a power cut, on purpose.
    ({ text }) => text !== "cli-doctor-not-durable",
  );
}

const said = async (url: string, level: "note" | "wrong") =>
  (await findings(url)).filter((one) => one.level === level).map(({ text }) => text);

async function lived(): Promise<TestDatabase> {
  const here = await empty();
  await here.query("update test.time set at = 0");
  const database = here.open();
  await moveIn(database);
  const { owner } = await startProcess(here, database);
  await makeCampaign(database, { id: "spring", names: ["ali", "sara", "nima"] });
  await putJournal(here, { id: "spring", owner }, [
    { t: "claim", r: 0, a: "one", n: 1, at: 1 },
    { t: "sent", r: 0, id: "m", at: 2 },
    { t: "claim", r: 1, a: "one", n: 1, at: 3 },
  ]);
  return here;
}

test("finds nothing wrong with what processes wrote, and tells who was cut off", async () => {
  const here = await lived();
  expect(await said(here.url, "wrong")).toEqual([]);
  expect(await said(here.url, "note")).toEqual(["cli-doctor-nobody-works"]);
  await endLeases(here);
  expect(await said(here.url, "note")).toContain("cli-doctor-left 1");
  await here.query("update peyk.home set place = 1");
  expect(await said(here.url, "note")).toContain("cli-doctor-put-back");
});

test.each([
  ["update peyk.recipients set state = 'sent' where username = 'nima'", "cli-doctor-rows state-planned 0 1"],
  ["delete from peyk.journal where entry ->> 't' = 'sent'", "cli-doctor-rows state-claimed 1 2"],
  [
    "insert into peyk.journal (campaign_id, entry) select campaign_id, entry from peyk.journal where entry ->> 't' = 'sent'",
    "cli-doctor-two-records",
  ],
  ["update peyk.journal set entry = '{\"t\":\"gone\"}' where entry ->> 't' = 'sent'", "no journal entry"],
  ["update peyk.tallies set planned = planned + 1", "cli-doctor-rows state-planned"],
  ["update peyk.campaigns set document = '{}'", "peyk.campaigns spring"],
  ["insert into peyk.documents (kind, name, value) values ('team', '', '7')", "team in the database"],
  ["delete from peyk.recipients", "recipients where 3 are expected"],
  ["insert into peyk.migrations (version) values (999)", "cli-doctor-tables-newer 999"],
])("sees what was changed behind the back of all processes: %s", async (change, expected) => {
  const here = await lived();
  await here.query(change);
  expect((await said(here.url, "wrong")).join("\n")).toContain(expected);
  await here.query("delete from peyk.migrations where version = 999");
});

test("tells of a database that nobody began on, and of one that is not there, and makes nothing in it", async () => {
  const url = await createDatabase({ isBare: true });
  expect(await said(url, "note")).toEqual(["cli-doctor-tables-none"]);
  const away = Object.assign(new URL(url), { pathname: "/nowhere" }).href;
  expect(await said(away, "wrong")).toHaveLength(1);
});
