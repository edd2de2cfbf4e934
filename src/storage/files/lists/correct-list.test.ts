import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFileStores, putListFile } from "../../../../tests/support/file-stores.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { openLogFile } from "../../../lib/log/log-file.ts";
import { systemClock } from "../../../lib/clock.ts";
import { openListStore } from "./list-store.ts";

let dataDir: string;
beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), "peyk-correct-"))));
afterEach(() => rm(dataDir, { recursive: true }));

const disk = { beforeWrite: () => undefined, openFile: (path: string) => openLogFile(path) };
const request = { account: "one", caps: [], rates: [] };

/** A campaign to p0, p1 and p2, who have no values yet. */
async function saved(): Promise<Campaign> {
  const campaign = await putListFile(dataDir, 3);
  const { campaigns } = await openFileStores(dataDir, disk, { now: () => 1 });
  await campaigns.create(campaign);
  return campaign;
}

async function giveList(rows: Readonly<Record<string, string>>): Promise<string> {
  const lists = await openListStore(dataDir, { clock: systemClock });
  await using writer = await lists.create(["name"]);
  for (const [username, name] of Object.entries(rows)) await writer.add(username, [name]);
  return (await writer.finish()).listId;
}

/** What every recipient is known by, as a process that starts now sees it. */
async function known(): Promise<Record<string, string | undefined>> {
  const { campaigns, ledgers } = await openFileStores(dataDir, disk, { now: () => 1 });
  const campaign = await campaigns.get("spring");
  if (!campaign) throw new Error("the campaign is gone");
  const { ledger } = await ledgers.open(campaign);
  await using _ = ledger;
  const found: Record<string, string | undefined> = {};
  for await (const { username, variables } of ledger.results()) found[username] = variables["name"];
  return found;
}

test("new values count from the moment the campaign names them, and for nobody who has a message", async () => {
  const campaign = await saved();
  const { campaigns, ledgers } = await openFileStores(dataDir, disk, { now: () => 1 });
  const opened = await ledgers.open(campaign);
  const answer = await opened.ledger.claim(request);
  if (answer.kind !== "claimed") throw new Error("nobody was claimed");
  await opened.ledger.settle(answer.claim, { t: "sent", id: "m1" });
  await opened.ledger[Symbol.asyncDispose]();

  const given = { revision: 1, origin: "again.csv", at: 3 };
  const listId = await giveList({ p2: "Reza", p0: "Ali", p1: "Sara" });
  const corrected = await campaigns.correctLists("spring", { ...given, listId });
  expect(corrected.count).toBe(3);
  expect(await known()).toEqual({ p0: undefined, p1: undefined, p2: undefined });

  await campaigns.change("spring", (from) => ({ ...from, lists: corrected.lists, revision: 1 }));
  expect(await known()).toEqual({ p0: undefined, p1: "Sara", p2: "Reza" });

  const revised = await campaigns.get("spring");
  if (!revised) throw new Error("the campaign is gone");
  const { ledger } = await ledgers.open(revised);
  const second = await ledger.claim(request);
  expect(second).toMatchObject({ claim: { recipient: { username: "p1", variables: { name: "Sara" } } } });
  await ledger[Symbol.asyncDispose]();
  const more = await campaigns.correctLists("spring", {
    revision: 2,
    origin: "third.csv",
    at: 5,
    listId: await giveList({ p1: "Sarah", p2: "Reza K." }),
  });
  await campaigns.change("spring", (from) => ({ ...from, lists: more.lists, revision: 2 }));
  // p1 is uncertain since: what may have arrived has the value of its claim.
  expect(await known()).toEqual({ p0: undefined, p1: "Sara", p2: "Reza K." });
});

test("a list that says nothing new leaves no file behind", async () => {
  await saved();
  const { campaigns } = await openFileStores(dataDir, disk, { now: () => 1 });
  const listId = await giveList({ p0: "", nobody: "x" });
  const given = { listId, revision: 1, origin: "a", at: 0 };
  const { lists, count } = await campaigns.correctLists("spring", given);
  expect([count, lists[0]?.corrections]).toEqual([0, undefined]);
  const files = await readdir(join(dataDir, "campaigns", "spring"));
  expect(files.toSorted()).toEqual(["campaign.json", "journal.jsonl", "list-001.jsonl"]);
});

test("another column is joined to those there were, however it is spelled", async () => {
  await saved();
  const { campaigns } = await openFileStores(dataDir, disk, { now: () => 1 });
  const first = { listId: await giveList({ p0: "Ali" }), revision: 1, origin: "a", at: 0 };
  const { lists } = await campaigns.correctLists("spring", first);
  await campaigns.change("spring", (from) => ({ ...from, lists, revision: 1 }));
  const store = await openListStore(dataDir, { clock: systemClock });
  await using writer = await store.create(["NAME", "city"]);
  await writer.add("p0", ["Ali", "Rasht"]);
  const { listId } = await writer.finish();
  const people = [];
  for await (const one of campaigns.recipients("spring", listId)) people.push(one);
  expect(people[0]).toEqual({ username: "p0", variables: { name: "Ali", city: "Rasht" }, isCorrected: true });
  expect(people[1]).toMatchObject({ variables: { name: "" }, isCorrected: false });
});
