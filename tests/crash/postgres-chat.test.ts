/**
 * The chat in PostgreSQL: its process dies before or after any statement, or another one takes the chat over in between.
 * What was promised is there, in its order and once; what was refused is not.
 */
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Around } from "../../src/storage/postgres/database.ts";
import { said } from "../contracts/update-spool.ts";
import type { Chat } from "../support/postgres/chat-world.ts";
import { openChat } from "../support/postgres/chat-world.ts";
import { shareOfToday } from "../support/every-moment.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();

/** What whoever worked was promised. */
interface Promised {
  taken: number[];
  done: number[];
  words: number[];
  uploads: string[];
}

/** Takes updates in and handles them, until it can't; an update that is handled leaves a word. */
async function work({ document, spool, uploads }: Chat, promised: Promised): Promise<void> {
  const path = uploads.newPath();
  await uploads.write(path, Readable.from([Buffer.from("ali")]));
  promised.uploads.push(path);
  const ids = [1, 2, 3].filter((id) => !spool.isDone(id));
  await spool.take(
    ids.map((id) => said(id)),
    (update) => update.update_id === 2,
  );
  promised.taken.push(...ids);
  for (const { update } of spool.pending) {
    const id = update.update_id;
    await spool.begin([id]);
    await document.update((words) => (words.includes(id) ? undefined : [...words, id]));
    promised.words.push(id);
    await spool.done(id);
    promised.done.push(id);
  }
}

const lost = (): never => {
  throw new Error("Connection terminated unexpectedly");
};

/** Whoever comes after finds what was promised, and gets to the end of it. */
async function seeThrough(here: TestDatabase, promised: Promised): Promise<void> {
  const next = await openChat(here.open());
  const known = next.spool.pending.map(({ update }) => update.update_id);
  for (const id of promised.taken) expect(known.includes(id) || next.spool.isDone(id)).toBe(true);
  for (const id of promised.done) expect(next.spool.isDone(id)).toBe(true);
  for (const path of promised.uploads) expect(await next.uploads.has(path)).toBe(true);
  for (const id of promised.words) expect(next.document.get()).toContain(id);
  expect(known).toEqual(known.toSorted((one, other) => one - other));
  for (const { deaths } of next.spool.pending) expect(deaths).toBeLessThanOrEqual(2);
  await work(next, nothing());
  expect(next.document.get()).toEqual([1, 2, 3]);
  expect(next.spool.pendingCount).toBe(0);
}

const nothing = (): Promised => ({ taken: [], done: [], words: [], uploads: [] });

test.each(["before", "after"] as const)(
  "whoever dies %s any statement has kept what was promised",
  async (when) => {
    const here = await emptyDatabase();
    for (const k of shareOfToday(2)) {
      await here.empty();
      let [asked, isDead] = [0, false];
      const around: Around = async (_sql, ask) => {
        if (isDead) lost();
        isDead = ++asked === k;
        if (isDead && when === "before") lost();
        const answer = await ask();
        return isDead ? lost() : answer;
      };
      const promised = nothing();
      await openChat(here.open(around))
        .then((chat) => work(chat, promised))
        .catch(() => undefined);
      await seeThrough(here, promised);
      if (!isDead) return;
    }
  },
);

test("whoever loses the chat before any statement overwrites nothing of the other's, and is told so", async () => {
  const here = await emptyDatabase();
  for (const k of shareOfToday(2)) {
    await here.empty();
    let asked = 0;
    let other: Chat | undefined;
    const around: Around = async (_sql, ask) => {
      if (++asked === k) {
        other = await openChat(here.open());
        await work(other, nothing());
        await other.document.update((words) => [...words, 100]);
      }
      return ask();
    };
    const end = await openChat(here.open(around))
      .then((chat) => work(chat, nothing()))
      .then(() => "ended", String);
    const last = await openChat(here.open());
    expect(last.spool.pendingCount).toBe(0);
    expect(last.document.get()).toEqual(other ? [1, 2, 3, 100] : [1, 2, 3]);
    if (!other) return;
    expect(end).toMatch(k === 1 ? "ended" : "took over the chats");
  }
});
