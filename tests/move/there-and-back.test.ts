/** Everything in a folder moves into the database and back: what each side tells is the same, and a kill anywhere changes nothing. */
import { cp, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "../../src/domain/journal.ts";
import type { Around, Database } from "../../src/storage/postgres/database.ts";
import { compare, folderSide } from "../../src/move/check.ts";
import { giveUp } from "../../src/move/give-up.ts";
import { fates } from "../../src/move/movers.ts";
import { moveToDatabase } from "../../src/move/to-database.ts";
import { moveToFiles } from "../../src/move/to-files.ts";
import { lookAtOwnReplies } from "../../src/storage/files/answers/own-reply-store.ts";
import { lookAtTags } from "../../src/storage/files/audiences/tag-store.ts";
import { checkDataFolder } from "../../src/storage/files/folder/data-folder.ts";
import { MOVED_FILE } from "../../src/storage/files/folder/moved.ts";
import { ownNames } from "../../src/storage/files/folder/own-names.ts";
import { lookAtHistory } from "../../src/storage/files/history/history-reads.ts";
import { openIdentityStore } from "../../src/storage/files/people/identity-store.ts";
import { lookAtSubscribers } from "../../src/storage/files/people/subscriber-store.ts";
import { readSuppressions } from "../../src/storage/files/people/suppression-store.ts";
import { keptTables, refuseUnlessOpen } from "../../src/storage/postgres/house/house.ts";
import { shareOfToday } from "../support/every-moment.ts";
import { fillFolder } from "../support/full-folder.ts";
import { chances, journalOf } from "../support/journal-writer.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const emptyDatabase = databaseOfFile();
const NOW = 1_760_000_000_000;

let root = "";
let dataDir = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "peyk-move-"));
  dataDir = join(root, "data");
});
afterEach(() => rm(root, { recursive: true }));

const unread = (): void => undefined;
const never = new AbortController().signal;

function partsOf(database: Database, folder = dataDir) {
  return {
    dataDir: folder,
    database,
    now: () => NOW,
    newId: () => crypto.randomUUID(),
    tell: unread,
    begun: async () => undefined,
    ended: async () => undefined,
    interrupted: never,
  };
}

async function fill(...journals: readonly (readonly Entry[])[]): Promise<void> {
  const byId = Object.fromEntries(journals.map((entries, nth) => [`spring-${nth}`, entries]));
  await fillFolder(dataDir, byId, createVirtualClock(NOW));
}

const claim = (r: number): Entry => ({ t: "claim", r, a: "one", n: 1, p: `person-${r}`, at: NOW - 100 + r });
const someJournal: readonly Entry[] = [
  claim(0),
  { r: 0, at: NOW - 50, t: "sent", id: "m0" },
  claim(1),
  { r: 1, at: NOW - 49, t: "planned", due: NOW, free: true, why: "tooFast" },
  claim(2),
  { t: "checkpoint", names: 1, crc: 5, at: NOW - 40 },
];

/** Every file there is, by its path, but what a move does not carry. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(
    files.map(async (path) => [path.slice(folder.length + 1), await readFile(path, "latin1")] as const),
  );
  return new Map(
    texts
      .filter(([name]) => !/^(identity|lease|moved)\.json$/.test(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Written anew as what it came to: what is told of it must be the same, not its lines. */
const toldAnew = /^(?:suppression|subscribers|tags|x-people|own-replies|bot.updates)\.jsonl$/;

/** Tables of which a folder has nothing, or nothing that lasts; what has others must be carried, and stand in the full folder. */
const madeAnew = ["accounts_in_use", "inboxes"];

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of from) found.push(one);
  return found;
}

function inOrder<T>(values: readonly T[]): T[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** A line that somebody relies on. */
function counts(line: string): boolean {
  return line !== "" && !/"closed":true|who does not count yet|"t":"checkpoint"/.test(line);
}

/** To whom a test message went is not carried. */
function withoutName(line: string): unknown {
  return JSON.parse(line.replace('"u":"ali","c":"x"', '"u":"","c":"x"'));
}

/** What a folder says, whatever the order of keys and however long ago something was taken back. */
async function saidIn(folder: string) {
  const said = new Map<string, unknown>();
  for (const [name, content] of await filesIn(folder))
    if (/\.jsonl?$/.test(name) && !toldAnew.test(name) && !/checkpoint/.test(name))
      said.set(name, name.endsWith("l") ? content.split("\n").filter(counts).map(withoutName) : content);
  const documents = [...said.keys()].filter((name) => name.endsWith(".json"));
  for (const name of documents) said.set(name, JSON.parse(await readFile(join(folder, name), "utf8")));
  const at = (name: string): string => join(folder, name);
  const subscribers = lookAtSubscribers(at("subscribers.jsonl"));
  const tags = lookAtTags(at("tags.jsonl"));
  await using people = await openIdentityStore(at("x-people.jsonl"));
  const replies = lookAtOwnReplies(at("own-replies.jsonl"));
  return {
    said,
    suppressed: inOrder([...(await readSuppressions(at("suppression.jsonl")))]),
    subscribers: inOrder(await all(subscribers.all())),
    changes: inOrder(await all(subscribers.changes())),
    found: await Promise.all(
      ["ali", "ali_new", "reza", "id7"].map(async (name) => (await subscribers.find(name))?.id),
    ),
    tags: [await tags.counts(), await tags.of(["ali"]), await tags.of(["id8"])],
    people: [people.known("ali"), people.known("sara"), await people.whoIs("sara")],
    replies: await replies(1),
  };
}

test("what is moved there and back is told the same, and moved once more it is letter by letter the same", async () => {
  const here = await emptyDatabase();
  const database = here.open();
  await fill(someJournal, []);
  const before = await folderSide(dataDir, unread);
  const history = await lookAtHistory(dataDir).entries();
  const said = await saidIn(dataDir);
  const { tally } = await moveToDatabase(partsOf(database));
  expect(tally).toEqual(before.tally);
  const tables = await keptTables(database);
  const filled = await Promise.all(tables.map((name) => here.query(`select from peyk.${name} limit 1`)));
  expect(tables.filter((_, nth) => filled[nth]?.length === 0)).toEqual(madeAnew);
  await expect(checkDataFolder(dataDir)).rejects.toMatchObject({ trouble: { code: "folderMoved" } });
  await rename(join(dataDir, MOVED_FILE), join(root, MOVED_FILE));
  await expect(checkDataFolder(dataDir)).rejects.toMatchObject({ trouble: { code: "folderMovedWordGone" } });
  await rename(join(root, MOVED_FILE), join(dataDir, MOVED_FILE));
  await refuseUnlessOpen(database);
  await moveToFiles(partsOf(database));
  await expect(refuseUnlessOpen(database)).rejects.toMatchObject({ trouble: { code: "houseClosed" } });
  await checkDataFolder(dataDir);
  compare(await folderSide(dataDir, unread), before);
  expect(await lookAtHistory(dataDir).entries()).toEqual(history);
  expect(await saidIn(dataDir)).toEqual(said);
  const once = await filesIn(dataDir);
  const again = await emptyDatabase();
  await moveToDatabase(partsOf(again.open()));
  const other = join(root, "other");
  await moveToFiles(partsOf(again.open(), other));
  const there = [...(await filesIn(other))].map(([name, content]) => [
    name,
    content.replaceAll(other, dataDir),
  ]);
  expect(Object.fromEntries(there)).toEqual(Object.fromEntries(once));
});

const lost = (): never => {
  throw new Error("Connection terminated unexpectedly");
};

/** From the k-th statement on nobody is there; of every other one its answer is lost, and it was done. */
function dying(k: number): { readonly around: Around; readonly isDead: () => boolean } {
  let asked = 0;
  return {
    async around(_sql, ask) {
      if (++asked < k) return ask();
      if (asked === k && k % 2 === 0) await ask();
      return lost();
    },
    isDead: () => asked >= k,
  };
}

test("a move that is killed at any statement goes on, there and back, and nothing is twice or missing", async () => {
  await fill(someJournal);
  const original = join(root, "original");
  await cp(dataDir, original, { recursive: true });
  const before = await folderSide(dataDir, unread);
  const moments = shareOfToday(59);
  for (let isOver = false; !isOver;) {
    const here = await emptyDatabase();
    await rm(dataDir, { recursive: true });
    await cp(original, dataDir, { recursive: true });
    const k = moments.next().value;
    const there = dying(k);
    await moveToDatabase(partsOf(here.open(there.around))).catch(unread);
    await moveToDatabase(partsOf(here.open())).catch((error: unknown) =>
      expect(error).toMatchObject({ trouble: { code: "folderMoved" } }),
    );
    const back = dying(k);
    await moveToFiles(partsOf(here.open(back.around))).catch(unread);
    if (back.isDead()) await moveToFiles(partsOf(here.open()));
    compare(await folderSide(dataDir, unread), before);
    isOver = !there.isDead() && !back.isDead();
  }
});

test("whatever happened to whom is told the same on both sides", async () => {
  await fc.assert(
    fc.asyncProperty(chances, async (taken) => {
      const here = await emptyDatabase();
      await rm(dataDir, { recursive: true, force: true });
      await fill(journalOf(taken, 5));
      const before = await folderSide(dataDir, unread);
      await moveToDatabase(partsOf(here.open()));
      await moveToFiles(partsOf(here.open()));
      compare(await folderSide(dataDir, unread), before);
    }),
    { numRuns: 3 },
  );
});

test("what can't be moved is refused before anything is changed, and a move that was given up leaves all as it was", async () => {
  const here = await emptyDatabase();
  const database = here.open();
  await fill(someJournal);
  const before = await folderSide(dataDir, unread);
  await here.query("insert into peyk.tags values ('vip', 'ali', 1)");
  await expect(moveToDatabase(partsOf(database))).rejects.toMatchObject({
    trouble: { code: "houseNotEmpty" },
  });
  await checkDataFolder(dataDir);
  await here.query("delete from peyk.tags");
  await here.query("insert into peyk.owners values ('somebody', $1)", [2 ** 50]);
  await expect(moveToDatabase(partsOf(database))).rejects.toMatchObject({ trouble: { code: "houseInUse" } });
  await checkDataFolder(dataDir);
  await here.query("delete from peyk.owners");
  await moveToDatabase(partsOf(here.open(dying(150).around))).catch(unread);
  await expect(checkDataFolder(dataDir)).rejects.toMatchObject({ trouble: { code: "folderMoving" } });
  await expect(refuseUnlessOpen(database)).rejects.toMatchObject({ trouble: { code: "houseFilling" } });
  expect(await giveUp(partsOf(database))).toBe("folder");
  await checkDataFolder(dataDir);
  await moveToDatabase(partsOf(database));
  await moveToFiles(partsOf(here.open(dying(40).around))).catch(unread);
  await expect(checkDataFolder(dataDir)).rejects.toMatchObject({ trouble: { code: "folderReturning" } });
  expect(await giveUp(partsOf(database))).toBe("database");
  await refuseUnlessOpen(database);
  await moveToFiles(partsOf(database));
  compare(await folderSide(dataDir, unread), before);
});

test("a side that differs is named, and neither is open before both are the same", async () => {
  const here = await emptyDatabase();
  await fill(someJournal);
  const listed = "select username, reason, note, at from peyk.suppressions order by username limit 1";
  const forgetting = here.open(async (sql, ask) => {
    if (sql === "select name from peyk.lead_lists")
      await here.query(`create table test.forgotten as ${listed};
        delete from peyk.suppressions using test.forgotten f where suppressions.username = f.username`);
    return ask();
  });
  const differs = { trouble: { code: "moveDiffers", with: { what: "suppression" } } };
  await expect(moveToDatabase(partsOf(forgetting))).rejects.toMatchObject(differs);
  await expect(checkDataFolder(dataDir)).rejects.toMatchObject({ trouble: { code: "folderMoving" } });
  await expect(refuseUnlessOpen(here.open())).rejects.toMatchObject({ trouble: { code: "houseFilling" } });
  await here.query("insert into peyk.suppressions select * from test.forgotten; drop table test.forgotten");
  await moveToDatabase(partsOf(here.open()));
  await refuseUnlessOpen(here.open());
});

test("everything that a folder may hold is carried, or stays for a reason", () => {
  const known = fates(() => NOW);
  expect(Object.keys(known).toSorted()).toEqual([...ownNames].toSorted());
  const carriers = Object.values(known).flatMap((fate) => ("with" in fate ? [known[fate.with]] : []));
  expect(carriers.every((fate) => "inFolder" in fate)).toBe(true);
});
