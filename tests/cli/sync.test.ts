/** `peyk sync` in real processes, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;
let server: TestPostgres;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
  server = await startPostgres();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(() => server.query("drop schema if exists peyk_copy cascade"));

function createSyncedPlace(env: Readonly<Record<string, string>> = {}): Promise<Place> {
  return createPlace(compiled, everybodyAnswers, { DATABASE_URL: server.url, RETRY_DELAYS: "0.01", ...env });
}

async function sendTo(place: Place, names: number): Promise<void> {
  const words = [
    "--message",
    "Hi",
    "--channel",
    "simulator",
    "--max-per-account",
    "100",
    "--task-id",
    "spring",
  ];
  expect(await place.peyk("send", "--list", await place.list(names), ...words)).toMatchObject({ code: 0 });
}

test("a campaign is copied, and the comparison says that both sides are equal", async () => {
  await using place = await createSyncedPlace();
  await sendTo(place, 5);
  expect(await place.peyk("sync", "--check")).toMatchObject({
    code: 1,
    out: expect.stringContaining("Not equal"),
  });
  const copied = await place.peyk("sync");
  expect(copied).toMatchObject({ code: 0, err: "" });
  const check = await place.peyk("sync", "--check");
  expect(check).toMatchObject({ code: 0, err: "" });
  expect(check.out).toContain("Equal: 1 campaigns, 5 recipients, 0 on the do-not-send list, 0 leads.");
  const rows = await server.query(
    "select username, state from peyk_copy.recipients order by ordinal limit 1",
  );
  expect(rows).toEqual([{ username: "name_0", state: "sent" }]);
  await server.query("update peyk_copy.recipients set state = 'failed' where ordinal = 2");
  const different = await place.peyk("sync", "--check", "--json");
  expect(different.code).toBe(1);
  expect(objectsOf(different)).toMatchObject([
    { kind: "difference", what: "recipient 2 of spring" },
    { kind: "summary", ok: false, isEqual: false, differences: 1 },
  ]);
});

test.each(["0", "0.5", "-1", "86401", "soon"])("an interval of %s is refused", async (interval) => {
  await using place = await createSyncedPlace();
  const refused = await place.peyk("sync", "--watch", "--interval", interval);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("Give a whole number of seconds from 1 to 86400.");
});

test("watching at one second is called real-time, warned of, and ends cleanly when it is told to", async () => {
  await using place = await createSyncedPlace();
  await sendTo(place, 2);
  const watching = place.start("sync", "--watch", "--interval", "1");
  await watching.line("lines copied.");
  watching.child.kill("SIGTERM");
  const { code, out, err } = await watching.ended;
  expect(code).toBe(0);
  expect(out).toContain("Copying to the database in real time: every second.");
  expect(err).toContain("Warning: copying every second asks much of a database");
  expect(await place.peyk("sync", "--check")).toMatchObject({ code: 0 });
});

test("a slower pace is not warned of", async () => {
  await using place = await createSyncedPlace({ SYNC_INTERVAL: "6" });
  await sendTo(place, 1);
  const watching = place.start("sync", "--watch");
  await watching.line("lines copied.");
  watching.child.kill("SIGTERM");
  expect(await watching.ended).toMatchObject({ code: 0, err: "", out: expect.stringContaining("every 6 s") });
});

test("without a database, or with none that answers, the command says so and shows no password", async () => {
  await using none = await createPlace(compiled);
  const unset = await none.peyk("sync");
  expect(unset).toMatchObject({ code: 1, err: expect.stringContaining("DATABASE_URL is not set.") });
  await using away = await createSyncedPlace({ DATABASE_URL: "postgres://peyk:geheim@127.0.0.1:1/peyk" });
  await sendTo(away, 1);
  const ended = await away.peyk("sync", "--json");
  expect(ended.code).toBe(1);
  expect(objectsOf(ended).slice(0, 2)).toMatchObject([
    { kind: "attemptFailed", attempt: 1, of: 2, isTransient: true, delayMs: 10 },
    { kind: "attemptFailed", attempt: 2, of: 2, isTransient: true },
  ]);
  expect(summaryOf(ended)).toMatchObject({ ok: false, isTransient: true });
  expect(ended.out + ended.err).not.toContain("geheim");
});

test("a missing database fails at once", async () => {
  await using place = await createSyncedPlace({ DATABASE_URL: server.url.replace(/postgres$/, "nowhere") });
  await sendTo(place, 1);
  const attempts = objectsOf(await place.peyk("sync", "--json")).filter(
    (one) => one["kind"] === "attemptFailed",
  );
  expect(attempts).toMatchObject([{ attempt: 1, isTransient: false, why: expect.stringContaining("3D000") }]);
});

test("opt-outs of the database come back by the command while no Peyk is at work", async () => {
  await using place = await createSyncedPlace();
  await sendTo(place, 2);
  await place.peyk("sync");
  await server.query("insert into peyk_copy.opt_outs (username) values ('name_9')");
  const watching = place.start("sync", "--watch", "--interval", "300");
  await watching.line("opted out in the database: on the do-not-send list now.");
  watching.child.kill("SIGTERM");
  await watching.ended;
  expect((await place.peyk("suppress", "list")).out).toContain("name_9");
});
