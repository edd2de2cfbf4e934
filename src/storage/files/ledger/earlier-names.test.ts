import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Budgets } from "../../../domain/accounts/budgets.ts";
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { LedgerStore, Opening } from "../../ports/ledger.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { FileContactHistory } from "../people/contact-history.ts";
import { noJoining } from "../../../../tests/support/no-joining.ts";
import { createFileLedgerStore } from "./ledger-store.ts";

let folder: string;
let campaign: Campaign;
let autumn: Campaign;
let openings: Opening[];
const place = (file: string): string => join(folder, "spring", file);

/** Every store is a process of its own; `beforeWrite` lets one die. */
function newStore(beforeWrite: () => void = () => undefined): LedgerStore {
  return createFileLedgerStore({
    folder,
    budgets: new Budgets(createDayOf("UTC")),
    clock: { now: () => 1 },
    owner: "this process",
    beforeWrite,
    testSends: { debit: async () => "debited", [Symbol.asyncDispose]: async () => undefined },
    joining: noJoining,
    campaign: (id) => [campaign, autumn].find((one) => one.id === id && one.lists.length > 0),
    suppression: { reasonFor: () => undefined },
    contacts: new FileContactHistory({ folder, campaigns: async () => [] }),
  });
}

async function addList(names: readonly string[]): Promise<void> {
  const file = `list-00${campaign.lists.length + 1}.jsonl`;
  const list = { file, count: names.length, columns: [], origin: "test", importedAt: 0 };
  campaign = { ...campaign, lists: [...campaign.lists, list] };
  await mkdir(join(folder, campaign.id), { recursive: true });
  await writeFile(place(file), names.map((name) => `${JSON.stringify([name])}\n`).join(""));
}

async function open(store = newStore()): Promise<Opening> {
  const opening = await store.open(campaign);
  openings.push(opening);
  return opening;
}

async function checkpointNames(): Promise<string[]> {
  const checkpoint = await readCheckpoint(place("task_checkpoint_spring.json"));
  return [...(checkpoint?.names() ?? [])];
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-earlier-"));
  openings = [];
  campaign = {
    id: "spring",
    createdAt: 0,
    channel: "simulator",
    accounts: [],
    message: "hello",
    lists: [],
    consent: { statement: "test", by: "test", at: 0 },
    status: "running",
  };
  autumn = { ...campaign, id: "autumn" };
});
afterEach(async () => {
  for (const { ledger } of openings) await ledger[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe("names that another tool marks as sent", () => {
  test("wait for a campaign that comes later", async () => {
    expect(await newStore().honour("spring", new Set(["ali", "sara"]))).toBe(2);
    await addList(["ali", "mina"]);
    const { ledger, alreadySent } = await open();
    expect(alreadySent).toBe(1);
    expect(await ledger.counts()).toMatchObject({ skipped: 1, planned: 1 });
  });

  test("are kept for names that only come with a later list, though the snapshot was rewritten", async () => {
    await addList(["ali"]);
    await writeFile(place("task_checkpoint_spring.json"), '{"sent_usernames":["@Ali","@Sara"]}');
    const first = await open();
    await first.ledger.saveCheckpoint();
    await first.ledger[Symbol.asyncDispose]();
    expect(await checkpointNames()).toEqual(["ali", "sara"]);
    await addList(["sara", "mina"]);
    expect(await (await open()).ledger.counts()).toMatchObject({ skipped: 2, planned: 1 });
  });

  test("outlive cleanup: the same task id writes to nobody twice", async () => {
    await addList(["ali", "mina"]);
    const store = newStore();
    await store.honour("spring", new Set(["ali"]));
    const { ledger } = await open(store);
    await ledger.saveCheckpoint();
    expect(await store.removeCheckpoint("spring")).toBe(true);
    expect(await readdir(join(folder, "spring"))).not.toContain("task_checkpoint_spring.json");
    expect([...(await store.sentNames("spring"))]).toEqual(["ali"]);
    expect(await (await open()).ledger.counts()).toMatchObject({ skipped: 1, planned: 1 });
  });

  test("are added to those of an earlier import, and known ones count as known", async () => {
    await newStore().honour("spring", new Set(["ali"]));
    expect(await newStore().honour("spring", new Set(["ali", "sara"]))).toBe(1);
    expect([...(await newStore().sentNames("spring"))]).toEqual(["ali", "sara"]);
  });

  test("are all skipped in the end when the process dies while it skips them", async () => {
    await addList(["ali", "sara", "mina"]);
    await writeFile(place("task_checkpoint_spring.json"), '{"sent_usernames":["ali","sara"]}');
    let writes = 0; // the look at the opening, the names, the skips
    const dying = newStore(() => {
      if (++writes === 3) throw new Error("the process is dead");
    });
    await expect(dying.open(campaign)).rejects.toThrow("the process is dead");
    await rm(place("task_checkpoint_spring.json"));
    expect(await (await open()).ledger.counts()).toMatchObject({ skipped: 2, planned: 1 });
  });

  test("are skipped at once in a campaign that is open, claims under way apart", async () => {
    await addList(["ali", "sara", "mina"]);
    const store = newStore();
    const { ledger } = await open(store);
    await ledger.claim({ account: "one", caps: [], rates: [] });
    await store.honour("spring", new Set(["ali", "sara"]));
    expect(await ledger.counts()).toMatchObject({ claimed: 1, skipped: 1, planned: 1 });
  });
});

test("a name in flight in one campaign is not claimed by another whose rule forbids it", async () => {
  await addList(["ali"]);
  autumn = { ...campaign, id: "autumn", notWithinDays: 7 };
  await mkdir(join(folder, "autumn"));
  await writeFile(join(folder, "autumn", "list-001.jsonl"), '["ali"]\n');
  const store = newStore();
  const { ledger } = await open(store);
  const other = await store.open(autumn);
  openings.push(other);
  await ledger.claim({ account: "one", caps: [], rates: [] });
  const answer = await other.ledger.claim({ account: "one", caps: [], rates: [] });
  expect(answer).toMatchObject({
    kind: "noneDue",
    skipped: [{ ordinal: 0, username: "ali", reason: "contactedLately" }],
  });
});
