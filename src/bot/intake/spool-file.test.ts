/** What the spool promises beyond `tests/contracts/update-spool.ts` where it is a file. */
import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Update } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openUpdateSpool } from "./spool-file.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-spool-"));
  path = join(folder, "updates.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

function said(id: number, text = "hi"): Update {
  const chat = { id: 5, type: "private" as const, first_name: "Sara" };
  return {
    update_id: id,
    message: { message_id: id, date: 0, chat, from: { ...chat, is_bot: false }, text },
  };
}

const never = (): boolean => false;
const idsOf = (updates: readonly { readonly update: Update }[]): number[] =>
  updates.map((one) => one.update.update_id);

test("the file stays small however much passes through it, and keeps what still counts", async () => {
  const long = "x".repeat(4000);
  await using spool = await openUpdateSpool(path);
  await spool.take([said(1, "waits")], never);
  await spool.begin([1], true);
  for (let first = 2; first < 3000; first += 100) {
    const ids = Array.from({ length: 100 }, (_, index) => first + index);
    await spool.take(
      ids.map((id) => said(id, long)),
      () => true,
    );
    await Promise.all(ids.map((id) => spool.done(id)));
  }
  expect((await stat(path)).size).toBeLessThan(3 * 1024 * 1024);
  await using later = await openUpdateSpool(path);
  expect(later.pending).toEqual([{ update: said(1, "waits"), deaths: 1, wasAlone: true }]);
  expect(later.isDone(3001)).toBe(true);
});

test("a line that can't be understood is kept aside with its file, and what was read before it is still handled", async () => {
  {
    await using spool = await openUpdateSpool(path);
    await spool.take([said(1)], never);
    await appendFile(path, '{"t":"got","u":{}}\n{"t":"done","ids":[1]}\n');
  }
  await expect(openUpdateSpool(path)).rejects.toThrow(/line 2/);
  const kept: string[] = [];
  await using spool = await openUpdateSpool(path, { onSetAside: (_error, keptAs) => void kept.push(keptAs) });
  expect(kept).toEqual([`${path}.broken-1`]);
  expect(idsOf(spool.pending)).toEqual([1]);
  await spool.take([said(2)], never);
  await using later = await openUpdateSpool(path);
  expect(idsOf(later.pending)).toEqual([1, 2]);
});

test("takes nothing in while the disk takes nothing, and goes on when it does again", async () => {
  let isFull = false;
  const beforeWrite = (): void => {
    if (isFull) throw new Error("no space left");
  };
  await using spool = await openUpdateSpool(path, { beforeWrite });
  await spool.take([said(1)], never);
  isFull = true;
  await expect(spool.take([said(2)], never)).rejects.toThrow("no space left");
  await expect(spool.take([said(2)], never)).rejects.toThrow("no space left");
  isFull = false;
  expect(await spool.take([said(2)], never)).toEqual([said(2)]);
  await using later = await openUpdateSpool(path);
  expect(idsOf(later.pending)).toEqual([1, 2]);
  expect(await readFile(path, "utf8")).toMatch(/\n$/);
});
