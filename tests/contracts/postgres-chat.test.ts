/** What the bot keeps of its chats, in PostgreSQL: whoever opens it has taken it over from whoever had it. */
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { openSpoolRows } from "../../src/bot/intake/spool-rows.ts";
import { openBotDocument } from "../../src/storage/postgres/chat/bot-documents.ts";
import { HoldLostError, takeHold } from "../../src/storage/postgres/chat/hold.ts";
import { UpdateRows } from "../../src/storage/postgres/chat/update-rows.ts";
import type { Around } from "../../src/storage/postgres/database.ts";
import { openChat } from "../support/postgres/chat-world.ts";
import { StoredUploads, storedUpload } from "../../src/storage/postgres/chat/stored-uploads.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { botDocumentsContract } from "./bot-documents.ts";
import { uploadsContract } from "./uploads.ts";
import { idsOf, never, said, updateSpoolContract } from "./update-spool.ts";

const emptyDatabase = databaseOfFile();
const done = (): Promise<void> => Promise.resolve();

botDocumentsContract("PostgreSQL", async () => {
  const here = await emptyDatabase();
  const problems: string[] = [];
  let writes = 0;
  const counting: Around = (sql, ask) => {
    if (sql.includes("insert into peyk.documents")) writes++;
    return ask();
  };
  const database = here.open(counting);
  const onSetAside = ({ message }: Error): void => void problems.push(message);
  const hold = await takeHold(database, "chat");
  return {
    problems,
    writes: () => writes,
    open: (description) => openBotDocument({ database, hold, onSetAside }, description),
    [Symbol.asyncDispose]: done,
  };
});

uploadsContract("PostgreSQL", async () => {
  const here = await emptyDatabase();
  const database = here.open();
  const place = new StoredUploads(database, await takeHold(database, "chat"));
  return {
    place,
    read: (path) => storedUpload(here.open(), path),
    now: () => (here.time.at += 1000),
    [Symbol.asyncDispose]: done,
  };
});

updateSpoolContract("PostgreSQL", async () => {
  const here = await emptyDatabase();
  let isFull = false;
  const database = here.open((sql, ask) => {
    if (isFull && sql.includes("insert")) throw new Error("no space left");
    return ask();
  });
  return {
    open: async (handled) =>
      openSpoolRows(new UpdateRows(database, await takeHold(database, "chat")), handled),
    setFull: (is) => (isFull = is),
    [Symbol.asyncDispose]: done,
  };
});

test("whoever lost the chat writes nothing more and is told so, and the other finds all that was written before", async () => {
  const here = await emptyDatabase();
  const one = await openChat(here.open());
  await one.document.update(() => [1]);
  await one.spool.take([said(1), said(2)], never);
  const sent = one.uploads.newPath();
  await one.uploads.write(sent, Readable.from([Buffer.from("ali")]));
  const other = await openChat(here.open());
  expect(other.document.get()).toEqual([1]);
  const late = await Promise.allSettled([
    one.document.update(() => [9]),
    one.spool.take([said(3)], never),
    one.spool.done(1),
    one.rows.setAside(said(2)),
    one.uploads.remove(sent),
    one.uploads.write(sent, Readable.from([])),
  ]);
  for (const end of late) expect(end).toMatchObject({ reason: expect.any(HoldLostError) });
  await one.hold.lost;
  expect(await other.uploads.has(sent)).toBe(true);
  expect(one.document.get()).toEqual([1]);
  await other.document.update((from) => [...from, 2]);
  await other.spool.done(2);
  const third = await openChat(here.open());
  expect(third.document.get()).toEqual([1, 2]);
  expect(idsOf(third.spool.pending)).toEqual([1]);
  expect(await here.query("select from peyk.updates_set_aside")).toEqual([]);
});

test("updates of a storm share their statements", async () => {
  const here = await emptyDatabase();
  let writes = 0;
  const chat = await openChat(
    here.open((sql, ask) => {
      if (sql.includes("insert into peyk.updates")) writes++;
      return ask();
    }),
  );
  const ids = Array.from({ length: 200 }, (_, id) => id);
  await chat.spool.take(
    ids.map((id) => said(id)),
    never,
  );
  await Promise.all(ids.map((id) => chat.spool.begin([id])));
  await Promise.all(ids.map((id) => chat.spool.done(id)));
  expect(writes).toBe(5);
  expect(
    await here.query("select count(*)::int as n, count(content)::int as texts from peyk.updates"),
  ).toEqual([{ n: 200, texts: 0 }]);
});
