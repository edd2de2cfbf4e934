import { appendFile, mkdtemp, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { atEveryTurn, putListFile } from "../../../../tests/support/file-stores.ts";
import { chances, journalOf } from "../../../../tests/support/journal-writer.ts";
import { Budget } from "../../../domain/accounts/budget.ts";
import { Budgets } from "../../../domain/accounts/budgets.ts";
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import type { Limit } from "../../../domain/accounts/limits.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { FoldImage } from "../../../domain/fold-image.ts";
import type { Entry } from "../../../domain/journal.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import { positionAt } from "../../../lib/log/log-part.ts";
import type { Ledger, LedgerStore } from "../../ports/ledger.ts";
import { FileCampaignReads } from "../campaigns/campaign-reads.ts";
import { FileContactHistory } from "../people/contact-history.ts";
import { SNAPSHOT_FILE, readSnapshot, writeSnapshot } from "./fold-snapshot.ts";
import { parseEntry } from "./journal-entry.ts";
import { noJoining } from "../../../../tests/support/no-joining.ts";
import { createFileLedgerStore } from "./ledger-store.ts";

let dataDir = "";
let campaign: Campaign;
const dayOf = createDayOf("UTC");

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-snapshot-"));
  campaign = await putListFile(dataDir, 40);
});
afterEach(() => rm(dataDir, { recursive: true }));

const folder = (): string => join(dataDir, "campaigns");
const journal = (): string => join(folder(), "spring/journal.jsonl");
const snapshot = (): string => join(folder(), "spring", SNAPSHOT_FILE);
const textOf = (entries: readonly Entry[]): string =>
  entries.map((one) => `${JSON.stringify(one)}\n`).join("");

function byFirst<T extends readonly [unknown, ...unknown[]]>(all: readonly T[]): readonly T[] {
  return all.toSorted((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1));
}

/** What maps make of an order that nobody goes by. */
function ordered({ waiting, people, left, again, open, ...rest }: FoldImage): object {
  const sets = { waiting: byFirst(waiting), people: byFirst(people), again: byFirst(again) };
  return { ...rest, ...sets, open, left: left.toSorted((a, b) => a - b) };
}

/** Everything about the accounts that anybody goes by from that moment on. */
function answers(budget: Budget, at: number): unknown {
  const limits: readonly Limit[] = [
    { kind: "sliding", count: 2, windowMs: 60_000 },
    { kind: "sliding", count: 5, windowMs: 3_600_000 },
    { kind: "day", count: 7 },
  ];
  return ["account-0", "account-1", "account-2"].flatMap((account) =>
    [0, 30_000, 3_000_000].flatMap((later) => [
      ...limits.map((limit) => budget.nextAllowedAt(account, [limit], [], at + later)),
      ...limits.map((limit) => budget.nextAllowedAt(account, [], [limit], at + later)),
      budget.usedToday(account, at + later),
    ]),
  );
}

test("a snapshot and what comes after it make the very same of every journal as all of it", async () => {
  const size = 12;
  await fc.assert(
    fc.asyncProperty(
      chances,
      fc.nat(),
      fc.array(fc.nat({ max: size - 1 })),
      async (taken, cut, postponed) => {
        const entries = journalOf(taken, size);
        const [before, after] = [
          entries.slice(0, cut % (entries.length + 1)),
          entries.slice(cut % (entries.length + 1)),
        ];
        const use = new Budget(dayOf);
        const fold = new JournalFold(size, use);
        for (const entry of before) fold.apply(entry);
        // What only memory knows is not in the journal, and so not in its snapshot.
        for (const [nth, ordinal] of postponed.entries()) {
          if (fold.stateOf(ordinal) === "planned") fold.due.postpone(ordinal, 1_770_000_000_000 + nth);
          if (nth % 3 === 2) fold.due.recall(1_760_000_000_000);
        }
        await writeFile(journal(), textOf(before));
        const position = await positionAt(journal(), { offset: textOf(before).length, lines: before.length });
        const ours = new Map([[7, 3]]);
        await writeSnapshot(snapshot(), journal(), { fold: fold.image(), use: use.image(), ours, position });
        await appendFile(journal(), textOf(after));
        const read = await readSnapshot(snapshot(), journal(), size);
        expect(read?.ours).toEqual(ours);
        const [further, whole] = [new Budget(dayOf), new Budget(dayOf)];
        further.count(read?.use ?? []);
        const resumed = JournalFold.of(read!.fold, further);
        for (const entry of after) resumed.apply(entry);
        const fromStart = new JournalFold(size, whole);
        for (const entry of entries) fromStart.apply(entry);
        expect(ordered(resumed.image())).toEqual(ordered(fromStart.image()));
        expect(resumed.counts()).toEqual(fromStart.counts());
        expect(resumed.due.next(1_765_000_000_000)).toBe(fromStart.due.next(1_765_000_000_000));
        expect(resumed.openIn("uncertain")).toEqual(fromStart.openIn("uncertain"));
        const last = entries.at(-1)?.at ?? 0;
        expect(answers(further, last)).toEqual(answers(whole, last));
      },
    ),
    { numRuns: 150 },
  );
});

/** What somebody sees who only looks. */
function look() {
  const owner = { campaign: async () => campaign, isOwned: async () => true };
  return new FileCampaignReads({ folder: folder(), ...owner }).standing("spring");
}

/** The store of a process; whoever opens it is the only one. */
function openStore(): { readonly store: LedgerStore; readonly said: string[] } {
  const said: string[] = [];
  const store = createFileLedgerStore({
    folder: folder(),
    budgets: new Budgets(dayOf),
    clock: { now: () => now },
    owner: "this process",
    beforeWrite: () => undefined,
    joining: noJoining,
    testSends: { debit: () => Promise.resolve("debited"), [Symbol.asyncDispose]: () => Promise.resolve() },
    campaign: () => campaign,
    suppression: { reasonFor: () => undefined },
    contacts: new FileContactHistory({ folder: folder(), campaigns: async () => [campaign] }),
    snapshots: atEveryTurn,
    onSnapshotProblem: (problem) => said.push(problem),
  });
  return { store, said };
}

const request = { account: "one", caps: [], rates: [] };

/** The time of every store. */
const START = 1_760_000_000_000;
let now = START;

/** Sends to so many, several at a time, and settles them as they come. */
async function send(count: number): Promise<void> {
  const ledger = await sendOpen(count);
  await ledger[Symbol.asyncDispose]();
}

async function sendOpen(count: number): Promise<Ledger> {
  const { store } = openStore();
  const { ledger } = await store.open(campaign);
  let begun = 0;
  const worker = async (nth: number): Promise<void> => {
    while (begun < count) {
      now = START + begun++;
      const answer = await ledger.claim(request);
      if (answer.kind !== "claimed") throw new Error(answer.kind);
      if (nth === 0) await ledger.settle(answer.claim, { t: "uncertain", why: "noAnswerInTime" });
      else await ledger.settle(answer.claim, { t: "sent", id: String(now) });
    }
  };
  await Promise.all(Array.from({ length: 6 }, (_, nth) => worker(nth)));
  return ledger;
}

async function replayed(until = Infinity): Promise<JournalFold> {
  const fold = new JournalFold(40, { debit: () => undefined, credit: () => undefined });
  const text = (await readFile(journal())).subarray(0, until).toString();
  for (const line of text.split("\n").filter(Boolean)) fold.apply(parseEntry(line));
  return fold;
}

test("one that is made while others claim and settle tells what the journal says up to there, and nothing else", async () => {
  const ledger = await sendOpen(30);
  // It is written beside what goes on, and may be there a little later.
  const read = await vi.waitFor(async () => {
    const made = await readSnapshot(snapshot(), journal(), 40);
    expect(made).toBeDefined();
    return made;
  }, 60_000);
  expect(read?.position.offset).toBeGreaterThan(0);
  const fold = await replayed(read?.position.offset);
  expect(ordered(read!.fold)).toEqual(ordered(fold.image()));
  await ledger[Symbol.asyncDispose]();
});

test("one that is made at closing tells all that the journal says", async () => {
  await send(30);
  const read = await readSnapshot(snapshot(), journal(), 40);
  expect(read?.position.offset).toBe((await readFile(journal())).length);
  expect(ordered(read!.fold)).toEqual(ordered((await replayed()).image()));
  expect((await look())?.counts).toEqual((await replayed()).counts());
});

test("one from before names joined serves still, and whoever joined is planned", async () => {
  await send(30);
  await writeFile(join(folder(), "spring/list-002.jsonl"), '["q0"]\n');
  const more = { file: "list-002.jsonl", count: 1, columns: [], origin: "test", importedAt: 0 };
  campaign = { ...campaign, lists: [...campaign.lists, more] };
  expect((await readSnapshot(snapshot(), journal(), 41))?.fold.states).toHaveLength(40);
  const { store, said } = openStore();
  const { ledger } = await store.open(campaign);
  const before = (await replayed()).counts();
  const counts = { ...before, planned: before.planned + 1 };
  expect([await ledger.counts(), (await look())?.counts]).toEqual([counts, counts]);
  expect(said).toEqual([]);
  await ledger[Symbol.asyncDispose]();
});

describe("a snapshot that must not be trusted", () => {
  const spoiled: Readonly<Record<string, readonly [does: () => Promise<void>, why: string]>> = {
    "one that is damaged": [
      async () => {
        const bytes = await readFile(snapshot());
        bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
        await writeFile(snapshot(), bytes);
      },
      "is damaged",
    ],
    "one that is cut off": [async () => truncate(snapshot(), 100), "is damaged"],
    "one that is empty": [async () => writeFile(snapshot(), ""), "is no snapshot"],
    "one of another journal": [
      async () => writeFile(journal(), (await readFile(journal(), "utf8")).replaceAll('"one"', '"two"')),
      "is of another journal",
    ],
    "one of a journal that was cut off": [
      async () => {
        const text = await readFile(journal(), "utf8");
        await truncate(journal(), text.lastIndexOf("\n", text.length - 2) + 1);
      },
      "is of another journal",
    ],
    "one of a journal in which somebody changed a line": [
      async () => {
        const text = await readFile(journal(), "utf8");
        await writeFile(journal(), text.replace('"a":"one"', '"a":"two"'));
        await utimes(journal(), 1, 1);
      },
      "is older than the journal's last change",
    ],
  };
  test.each(Object.entries(spoiled))("%s is ignored with a word", async (_, [spoil, why]) => {
    await send(30);
    await spoil();
    const { store, said } = openStore();
    const { ledger } = await store.open(campaign);
    const fold = await replayed();
    expect(await ledger.counts()).toEqual(fold.counts());
    expect((await look())?.counts).toEqual(fold.counts());
    expect(said).toEqual([`spring: ${SNAPSHOT_FILE} ${why}; the journal was read from its start`]);
    await ledger[Symbol.asyncDispose]();
  });

  test("one that contradicts what comes after it gives way to the journal", async () => {
    await send(30);
    const read = await readSnapshot(snapshot(), journal(), 40);
    const states = read!.fold.states.map((code, ordinal) =>
      ordinal === 35 ? (read!.fold.states[1] ?? 0) : code,
    );
    await writeSnapshot(snapshot(), journal(), { ...read!, fold: { ...read!.fold, states } });
    await appendFile(journal(), textOf([{ t: "claim", r: 35, a: "one", n: 1, at: START }]));
    const { store, said } = openStore();
    const { ledger } = await store.open(campaign);
    expect(await ledger.counts()).toEqual((await replayed()).counts());
    expect((await look())?.counts).toEqual((await replayed()).counts());
    expect(said).toEqual([
      `spring: ${SNAPSHOT_FILE} does not fit what comes after it; the journal was read from its start`,
    ]);
    await ledger[Symbol.asyncDispose]();
  });
});

test("what a campaign used up counts once, however often and in whatever way it is opened", async () => {
  await send(30);
  const { store } = openStore();
  for (let nth = 0; nth < 3; nth++) {
    const { ledger } = await store.open(campaign);
    expect(await store.usedToday("scripted", "one")).toBe(30);
    await ledger[Symbol.asyncDispose]();
  }
  await rm(snapshot());
  const { store: another } = openStore();
  const { ledger } = await another.open(campaign);
  expect(await another.usedToday("scripted", "one")).toBe(30);
  await ledger[Symbol.asyncDispose]();
});
