import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { atEveryTurn } from "../../../../tests/support/file-stores.ts";
import { Budget } from "../../../domain/accounts/budget.ts";
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import type { FoldImage } from "../../../domain/fold-image.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import { Snapshots } from "./snapshots.ts";

/** Counts how often its image was asked for. */
class WatchedFold extends JournalFold {
  images = 0;

  override image(): FoldImage {
    this.images++;
    return super.image();
  }
}

test("none is made while anybody is claimed in memory whose claim is not on disk, and nobody is claimed meanwhile", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-snapshots-"));
  const journalPath = join(folder, "journal.jsonl");
  await using journal = await openAppendLog(journalPath);
  await journal.append('{"t":"retryAll","at":1}');
  const fold = new WatchedFold(3, { debit: () => undefined, credit: () => undefined });
  const snapshots = new Snapshots({
    fold,
    journal,
    journalPath,
    use: new Budget(createDayOf("UTC")),
    ours: new Map(),
    policy: atEveryTurn,
    covered: 0,
    beforeWrite: () => undefined,
    onProblem: (problem) => expect(problem).toBe(""),
  });
  const [one, other] = [written(), written()];
  for (const { promise } of [one, one, other]) snapshots.ahead(promise);
  one.resolve();
  for (let nth = 0; nth < 20; nth++) await turn();
  expect([fold.images, snapshots.pause !== undefined]).toEqual([0, true]);
  other.resolve();
  await turn();
  await snapshots.pause;
  expect(fold.images).toBe(1);
  await snapshots.close();
  await rm(folder, { recursive: true });
});

test("none is on disk before what it covers is told for good: the journal from there on is all that may be news", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-snapshots-"));
  const journalPath = join(folder, "journal.jsonl");
  const journal = await openAppendLog(journalPath);
  await journal.append('{"t":"retryAll","at":1}');
  const problems: string[] = [];
  const seen: boolean[] = [];
  const closing = (toldForGood: () => Promise<void>) =>
    new Snapshots({
      fold: new JournalFold(3, { debit: nothing, credit: nothing }),
      journal,
      journalPath,
      use: new Budget(createDayOf("UTC")),
      ours: new Map(),
      policy: atEveryTurn,
      covered: 0,
      beforeWrite: nothing,
      toldForGood,
      onProblem: (problem) => problems.push(problem),
    }).close();
  const isThere = async () => (await readdir(folder)).length > 1;
  await journal[Symbol.asyncDispose]();
  await closing(() => Promise.reject(new Error("not told")));
  expect([await isThere(), problems]).toEqual([false, ["not told"]]);
  await closing(async () => void seen.push(await isThere()));
  expect([seen, await isThere()]).toEqual([[false], true]);
  await rm(folder, { recursive: true });
});

const nothing = (): void => undefined;

function written() {
  let resolve: () => void = nothing;
  const promise = new Promise<void>((whenWritten) => (resolve = whenWritten));
  return { promise, resolve };
}
