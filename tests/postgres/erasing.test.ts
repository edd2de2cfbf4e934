/**
 * Erased means erased, in rows too: while processes are at work and in one transaction everything that says who a person was
 * goes, everybody is still counted, and nobody writes to them any more.
 */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { carryOutErasures } from "../../src/storage/postgres/erasing/carry-out.ts";
import { HoldLostError, takeHold } from "../../src/storage/postgres/chat/hold.ts";
import { openBotDocument } from "../../src/storage/postgres/chat/bot-documents.ts";
import { openErasing } from "../../src/storage/postgres/erasing/erased-store.ts";
import { personDocuments } from "../../src/storage/postgres/erasing/person-documents.ts";
import { personTables } from "../../src/storage/postgres/erasing/person-tables.ts";
import { createHistoryStore } from "../../src/storage/postgres/history/history-store.ts";
import { createPersonReads } from "../../src/storage/postgres/person/person-reads.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { makeCampaign, standings, startProcess } from "../support/postgres/ledger-world.ts";
import { putJournal } from "../support/postgres/put-journal.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { toldEndings } from "../support/postgres/told-endings.ts";

const empty = databaseOfFile();

const ALI = "ali_gone";
const OLD = "ali_before";
const ID = "7700123";
const CITY = "Ardabil Street 9";
/** Everything that must not be found afterwards. */
const TRACES = [ALI, OLD, ID, CITY, "Ali Gone", "his note", "secret words", "m-of-ali", "x-refused"];
const person = { names: [ALI, OLD], ids: [ID] };
const noWakes = { on: () => ({ [Symbol.dispose]: () => undefined }) };

const ROWS = `
insert into peyk.corrected_values select id, 'corrected.jsonl', 0, '["${CITY}"]' from peyk.campaigns;
insert into peyk.amendment_entries values
  ('spring', 1, '{"t":"begin","scope":{"kind":"name","username":"${ALI}"},"message":"Dear ${ALI} in ${CITY}"}');
insert into peyk.earlier_names values ('spring', '${ALI}', 'spring', 1), ('spring', 'sara', 'spring', 1);
insert into peyk.lists (id, columns, used_at) values ('waiting', '["city"]', 1);
insert into peyk.list_rows select number, 0, '${OLD}', '["${CITY}"]' from peyk.lists where id = 'waiting';
insert into peyk.rejected_rows select number, 1, 3, '${ALI};oops', 'symbols' from peyk.lists where id = 'waiting';
insert into peyk.event_logs values ('campaigns', 2);
insert into peyk.events values
  ('campaigns', 1, '{"kind":"settled","campaignId":"spring","username":"${ALI}","key":"1","at":1}'),
  ('campaigns', 2, '{"kind":"settled","campaignId":"spring","username":"sara","key":"2","at":1}');
insert into peyk.documents (kind, name, value) values
  ('audiences', '', '[{"kind":"list","name":"friends","columns":["city"],"count":2,"listId":"kept","origin":"x","at":1,"ask":"a"}]'),
  ('own-replies', 'r1', '{"id":"r1","answer":1,"text":"secret words back","by":"1","at":2,"state":"sent","isTold":true}'),
  ('finished-requests', 'tea/1', '{"list":"tea","targets":[{"source":"x-followers","query":"${ALI}"}]}'),
  ('lead-tracking', 'tea', '{"target":"${ALI}"}'),
  ('bot', 'drafts', '{"version":1,"value":{"1001":{"text":"${ALI}"},"1002":{"text":"Hi"}}}'),
  ('bot', 'texts', '{"version":1,"value":[{"message":"Dear ${ALI}"}]}'),
  ('something-new', 'one', '{"text":"of ${ALI}"}');
insert into peyk.updates values
  (7, 1, '{"update_id":7,"message":{"from":{"id":${ID}},"text":"/who @${ALI}"}}', 0, false, false);
insert into peyk.updates_set_aside (at, content) values (1, '{"message":{"text":"${ALI}"}}');
insert into peyk.holds values ('chat', 'somebody', 1);
insert into peyk.kept_lists values ('kept');
insert into peyk.kept_rows values ('kept', 0, '${ALI}', '["${CITY}"]'), ('kept', 1, 'sara', '["Town"]');
insert into peyk.tags values ('vip', '${ALI}', 1), ('vip', 'sara', 1);
insert into peyk.answers (number, value) values
  (1, '{"number":1,"channel":"x","account":"a","username":"${ALI}","personId":"${ID}","text":"secret words","at":1,"key":"k-${ID}"}'),
  (2, '{"number":2,"channel":"x","account":"a","username":"sara","personId":"5","text":"Hi","at":1,"key":"l"}');
insert into peyk.lead_lists values ('tea', 2, '{"targets":[{"key":"followers_${ALI}"},{"key":"followers_sara"}]}');
insert into peyk.lead_entries values
  ('tea', 1, '{"t":"target","source":"x-followers","query":"${ALI}","at":1}'),
  ('tea', 2, '{"t":"page","k":0,"leads":[{"id":"${ID}","username":"${ALI}","displayName":"Ali Gone"},{"id":"5","username":"sara"}],"at":2}');
insert into peyk.leads values
  ('tea', 'x:${ID}', '${ID}', '${ALI}', '${ID}', 'x-followers', '${ALI}', 2), ('tea', 'x:5', '5', 'sara', '5', 'x-followers', '${ALI}', 2);
insert into peyk.identities values ('x', '${ALI}', '${ID}', 1), ('x', 'sara', '5', 1);
insert into peyk.identity_names values ('x', '${ID}', '${OLD}', 1), ('x', '5', 'sara', 1);
insert into peyk.subscribers (id, value) values
  (${ID}, '{"id":${ID},"username":"${ALI}","firstName":"Ali Gone","state":"active","at":1}'),
  (5, '{"id":5,"username":"sara","firstName":"Sara","state":"active","at":1}');
insert into peyk.subscriber_names values ('${ALI}', ${ID}), ('sara', 5);
insert into peyk.subscriber_changes values (${ID}, 'joined', 1, null), (5, 'joined', 1, null);
insert into peyk.simulated (entry, username, account, dedup_key, at, message_id) values
  ('delivered', '${ALI}', 'one', 'spring:${ALI}', 1, 'm-of-ali'), ('takenBack', '${ALI}', 'one', 'spring:${ALI}', 2, 'm-of-ali'),
  ('delivered', 'sara', 'one', 'spring:sara', 1, 'm-of-sara');
insert into peyk.suppressions values
  ('${ALI}', 'optedOut', 'his note', 1), ('sara', 'blocked', 'knows ${ALI}', 1);
`;

/** Sent, refused, uncertain, planned and alone; and a trace in every column that may have one. */
async function live(here: TestDatabase): Promise<void> {
  const database = here.open();
  const { owner } = await startProcess(here, database);
  const names = [ALI, "sara", "nima"];
  const at = 5;
  const claim = (r: number) => ({ t: "claim", r, a: "one", n: 1, p: r === 0 ? ID : String(r), at }) as const;
  for (const id of ["spring", "refused", "doubts", "flight", "planned", "alone"])
    await makeCampaign(database, {
      id,
      names: id === "alone" ? [OLD] : names,
      columns: ["city"],
      message: id === "alone" ? `Your parcel waits in ${CITY}` : "Hi {{city}}",
      pause: { kind: "guardRail", rule: "failed", count: 1, of: 1, share: 1, names: [ALI] },
    });
  await here.query("update peyk.recipients set row_values = $2 where username = any($1)", [
    [ALI, OLD],
    JSON.stringify([CITY]),
  ]);
  await here.query("update peyk.campaigns set document = document - 'pause' where id <> 'spring'");
  const put = (id: string, ...entries: Parameters<typeof putJournal>[2]) =>
    putJournal(here, { id, owner }, entries);
  await put("spring", claim(0), { t: "sent", r: 0, id: "m-of-ali", at }, claim(1), {
    t: "sent",
    r: 1,
    id: "m2",
    at,
  });
  const why = { code: "foreign", text: "x-refused" } as const;
  await put("refused", claim(0), { t: "refused", r: 0, why, at });
  await put("doubts", claim(0), { t: "uncertain", r: 0, why: "noAnswerInTime", at });
  await put("flight", claim(0));
  await here.query(ROWS);
  await createHistoryStore(database).append(
    { t: "begun", deed: "suppress", by: { kind: "peyk" }, about: { count: 1, people: [ALI] } },
    1,
  );
}

/** Tables whose rows still say something of the person. */
async function saying(here: TestDatabase): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of Object.keys(personTables)) {
    const rows = await here.query(`select to_jsonb(one)::text as row from peyk.${table} one`);
    const text = rows
      .map(({ row }) => String(row))
      .join("\n")
      .toLowerCase();
    for (const trace of TRACES) if (text.includes(trace.toLowerCase())) found.push(`${table}: ${trace}`);
  }
  return found;
}

async function erase(here: TestDatabase): Promise<number> {
  const database = here.open();
  await using erasing = await openErasing(database, noWakes);
  await erasing.record({ ...person, by: "1", at: 1, chatId: 1 });
  await here.query("update peyk.owners set until = 0");
  return carryOutErasures({ database, erasing, clock: createVirtualClock() });
}

test("every column of every table has its rule, and every kind of document", async () => {
  const here = await empty();
  const columns = await here.query(
    "select table_name || '.' || column_name as column from information_schema.columns where table_schema = 'peyk'",
  );
  const ruled = Object.entries(personTables).flatMap(([table, { nobody = "", forgets = "" }]) =>
    `${nobody} ${forgets}`
      .split(/\s+/)
      .filter(Boolean)
      .map((column) => `${table}.${column}`),
  );
  expect(ruled.toSorted()).toEqual(columns.map(({ column }) => String(column)).toSorted());
  const folder = join(import.meta.dirname, "../../src/storage/postgres");
  const kinds = new Set<string>();
  for (const file of await readdir(folder, { recursive: true }))
    if (file.endsWith(".ts"))
      for (const [, kind] of (await readFile(join(folder, file), "utf8")).matchAll(
        /(?:documents?In\([^{]*\{\s*kind: |KIND = )["`]([a-z-]+)/g,
      ))
        if (kind !== undefined) kinds.add(kind);
  expect([...kinds].filter((kind) => !(kind in personDocuments))).toEqual([]);
});

test("nothing says who they were, everybody is counted, and what is about others stays", async () => {
  const here = await empty();
  await live(here);
  const before = new Set((await saying(here)).map((one) => one.split(":")[0]));
  const forgetting = Object.entries(personTables).filter(([, { forgets }]) => forgets !== undefined);
  expect(forgetting.map(([table]) => table).filter((table) => !before.has(table))).toEqual([]);
  expect(await erase(here)).toBe(1);
  expect(await saying(here)).toEqual([]);
  for (const id of ["spring", "refused", "doubts", "flight", "planned", "alone"]) {
    const { byRows, byJournal } = await standings(here, id);
    expect([id, byRows]).toEqual([id, byJournal]);
  }
  const states = await here.query(
    `select concat_ws(' ', campaign_id, state, skip_reason) as stands from peyk.recipients
     where username ~ '^erased_' order by 1`,
  );
  expect(states.map(({ stands }) => stands)).toEqual([
    "alone skipped erased",
    "doubts skipped leftInDoubt",
    "flight skipped leftInDoubt",
    "planned skipped erased",
    "refused refused",
    "spring sent",
  ]);
  const others = await here.query(`
    select (select count(*) from peyk.recipients where username = 'sara') as people,
      (select count(*) from peyk.tags) as tags, (select value #>> '{0,count}' from peyk.documents where kind = 'audiences') as kept,
      (select count(*) from peyk.answers where value ->> 'text' = 'Hi') as answers,
      (select note from peyk.suppressions where username = 'sara') as note,
      (select document ->> 'message' from peyk.campaigns where id = 'spring') as message`);
  expect(others).toMatchObject([
    { people: "5", tags: "1", kept: "1", answers: "1", note: "knows ********", message: "Hi {{city}}" },
  ]);
  const history = createHistoryStore(here.open());
  expect([await history.state(), (await history.entries(ALI)).length]).toMatchObject([{ kind: "whole" }, 1]);
});

test("whoever comes again on a list is erased once more, beside who stands for them there", async () => {
  const here = await empty();
  await live(here);
  await erase(here);
  await here.query(
    `insert into peyk.recipients (campaign_id, ordinal, username) select id, 9, '${ALI}' from peyk.campaigns where id <> 'alone'`,
  );
  await here.query("insert into peyk.suppressions values ($1, 'blocked', null, 2)", [ALI]);
  await erase(here);
  expect(await saying(here)).toEqual([]);
  expect(
    await here.query("select count(*) from peyk.recipients where username ~ '^erased_[0-9a-f]{24}$'"),
  ).toEqual([{ count: "11" }]);
});

test("a file has all that is kept of them, and nobody else", async () => {
  const here = await empty();
  await live(here);
  const text = JSON.stringify(await createPersonReads(here.open()).records(person));
  for (const trace of TRACES.filter((one) => one !== "secret words back")) expect(text).toContain(trace);
  expect(text).not.toMatch(/sara|nima/);
});

/** One person in one campaign at work. */
async function atWork(here: TestDatabase) {
  const database = here.open();
  const { ledgers } = await startProcess(here, database);
  const campaign = await makeCampaign(database, { id: "spring", names: [ALI] });
  const { ledger } = await ledgers.open(campaign);
  const claim = async (waits = false) => {
    const answer = await ledger.claim({ account: "one", caps: [], rates: [], ...(waits && { waits }) });
    if (answer.kind !== "claimed") throw new Error(`nobody was claimed: ${answer.kind}`);
    return answer.claim;
  };
  const erasing = await openErasing(here.open(), noWakes);
  const record = () => erasing.record({ ...person, by: "1", at: 1 });
  const state = async () => (await here.query("select state from peyk.recipients"))[0]?.["state"];
  return { database, ledger, claim, record, state, parts: { database: here.open(), erasing } };
}

test("a call that waits is refused from the record on, and nobody is claimed", async () => {
  const { ledger, claim, record } = await atWork(await empty());
  const waiting = await claim(true);
  await record();
  expect(await ledger.leave(waiting)).toBe(false);
  await ledger.settle(waiting, { t: "planned", dueInMs: 0, free: true, why: "unsaid", uncalled: true });
  expect(await ledger.claim({ account: "one", caps: [], rates: [] })).toMatchObject({
    kind: "noneDue",
    skipped: [{ reason: "erased" }],
  });
});

test("who is erased is written to under no other name of theirs either", async () => {
  const here = await empty();
  const { database, record } = await atWork(here);
  await record();
  await here.query("insert into peyk.identities values ('scripted', 'ali_anew', $1, 0)", [ID]);
  const campaign = await makeCampaign(database, { id: "summer", names: ["ali_anew"] });
  const { ledger } = await (await startProcess(here, database)).ledgers.open(campaign);
  expect(await ledger.claim({ account: "one", caps: [], rates: [] })).toMatchObject({
    kind: "noneDue",
    skipped: [{ reason: "erased" }],
  });
});

test("what is on its way ends first, and stands as what it came to", async () => {
  const { ledger, claim, record, state, parts } = await atWork(await empty());
  const called = await claim();
  await record();
  const clock = { sleep: async () => void (await ledger.settle(called, { t: "sent", id: "m-of-ali" })) };
  expect(await carryOutErasures({ ...parts, clock })).toBe(1);
  expect(await state()).toBe("sent");
});

test("what does not end in time is left uncertain, and its late ending changes nothing", async () => {
  const here = await empty();
  const { ledger, claim, record, state, parts } = await atWork(here);
  const called = await claim();
  await record();
  await carryOutErasures({ ...parts, clock: { sleep: async () => undefined } });
  expect(await ledger.settle(called, { t: "sent", id: "m-of-ali" })).toBe(false);
  expect([await state(), await saying(here)]).toEqual(["skipped", []]);
  const { byRows, byJournal } = await standings(here, "spring");
  expect(byRows).toEqual(byJournal);
  const { recorded, told } = await toldEndings(here, "spring");
  expect(recorded.map(({ kind }) => kind)).toEqual(["settled", "settled"]);
  expect(told).toEqual(recorded);
});

test("of processes that carry out at the same moment one does, and a lost answer is no second time", async () => {
  const here = await empty();
  const { record, parts } = await atWork(here);
  await record();
  const clock = createVirtualClock();
  const done = [parts, { ...parts, database: here.open() }].map((one) => carryOutErasures({ ...one, clock }));
  expect((await Promise.all(done)).reduce((all, one) => all + one)).toBe(1);
  await record();
  let commits = 0;
  const lost = here.open(async (sql, ask) => {
    const answer = await ask();
    if (sql === "commit" && ++commits === 2) throw new Error("no answer");
    return answer;
  });
  await expect(carryOutErasures({ ...parts, database: lost, clock })).rejects.toThrow("no answer");
  expect(await carryOutErasures({ ...parts, clock })).toBe(0);
  expect(await here.query("select count(*) from peyk.journal")).toEqual([{ count: "1" }]);
});

test("whoever has the chats finds them taken, and writes nothing of what it remembers", async () => {
  const here = await empty();
  const database = here.open();
  const hold = await takeHold(database, "chat");
  await hold.look();
  const drafts = { name: "drafts", version: 1, schema: z.record(z.string(), z.string()), initial: {} };
  const remembered = await openBotDocument(
    { database, hold, onSetAside: (problem) => expect.fail(problem.message) },
    drafts,
  );
  await remembered.update(() => ({ 1001: `Dear ${ALI}` }));
  await erase(here);
  await hold.look();
  await hold.lost;
  await expect(remembered.update((all) => ({ ...all, 1002: "Hi" }))).rejects.toThrow(HoldLostError);
  expect(await saying(here)).toEqual([]);
});
